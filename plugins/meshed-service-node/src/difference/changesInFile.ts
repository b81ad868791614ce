import type { FieldChange } from '@meshway/plugin-meshed-service-common';
import { parseDocument } from 'yaml';
import { changesBetween } from './difference';

/** @returns the fields in which a file changes; undefined where it is no YAML of one object, before or afterwards. */
export function changesInFile(
  before: string | undefined,
  after: string | undefined,
): FieldChange[] | undefined {
  const [one, other] = [objectIn(before), objectIn(after)];
  return one && other && changesBetween(one, other);
}

function objectIn(text: string | undefined): object | undefined {
  if (text === undefined) return undefined;
  const document = parseDocument(text);
  if (document.errors.length > 0) return undefined;
  const value: unknown = document.toJS({ maxAliasCount: 0 });
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? value
    : undefined;
}
