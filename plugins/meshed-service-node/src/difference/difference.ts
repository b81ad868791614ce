import type { FieldChange } from '@meshway/plugin-meshed-service-common';

/** Written by the server, or by controllers: no part of what anybody asked for. */
const ofTheServer = new Set([
  'status',
  'metadata.creationTimestamp',
  'metadata.generation',
  'metadata.managedFields',
  'metadata.resourceVersion',
  'metadata.selfLink',
  'metadata.uid',
]);

/** A field that differs, as values; undefined where there is none. */
type Difference = { field: string; from: unknown; to: unknown };

/**
 * @returns paths of the fields in which two states of one object differ, sorted; what the server writes by itself is left out.
 */
export function fieldsThatDiffer(before: object, after: object): string[] {
  return changesBetween(before, after).map(({ field }) => field);
}

/** @returns the same fields, each with what stands there and what would, cut short for people. */
export function changesBetween(before: object, after: object): FieldChange[] {
  return shown(differences(before, after, '', 'equal'));
}

/**
 * @returns fields that are asked for and are not so, sorted. Fields that nobody asked for play no part: defaults of the
 *   server, and what others have added.
 */
export function changesNotMade(wanted: object, live: object): FieldChange[] {
  return shown(
    differences(wanted, live, '', 'contained').map(({ field, from, to }) => ({
      field,
      from: to,
      to: from,
    })),
  );
}

/** Longer values help nobody who reads a plan. */
const LONGEST = 200;

function shown(found: readonly Difference[]): FieldChange[] {
  return found
    .map(({ field, from, to }) => ({
      field,
      ...(from === undefined ? {} : { from: asText(from) }),
      ...(to === undefined ? {} : { to: asText(to) }),
    }))
    .sort((a, b) => (a.field < b.field ? -1 : Number(a.field > b.field)));
}

function asText(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

function differences(
  one: unknown,
  other: unknown,
  path: string,
  mode: 'equal' | 'contained',
): Difference[] {
  if (ofTheServer.has(path)) return [];
  if (isEqualValue(one, other)) return [];
  if (Array.isArray(one) && Array.isArray(other) && one.length === other.length)
    return one.flatMap((each, index) =>
      differences(each, other[index], `${path}[${index}]`, mode),
    );
  if (isRecord(one) && isRecord(other)) {
    const keys =
      mode === 'contained' && !isWhole(path)
        ? Object.keys(one)
        : [...new Set([...Object.keys(one), ...Object.keys(other)])];
    return keys.flatMap(key =>
      differences(one[key], other[key], joined(path, key), mode),
    );
  }
  return [{ field: path, from: one, to: other }];
}

/** One more label in a selector, or one more limit, is another selector, another limit. */
function isWhole(path: string): boolean {
  return /(^|\.)(matchLabels|hard)$/.test(path);
}

function isRecord(value: unknown): value is { [key: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function joined(path: string, key: string): string {
  if (!/^\w+$/.test(key)) return `${path}[${JSON.stringify(key)}]`;
  return path === '' ? key : `${path}.${key}`;
}

const quantity = /^(\d+(?:\.\d+)?)(m|k|M|G|Ki|Mi|Gi|Ti)?$/;
const factors: { [unit: string]: number } = {
  m: 0.001,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  Ki: 1024,
  Mi: 1024 ** 2,
  Gi: 1024 ** 3,
  Ti: 1024 ** 4,
};

/** An amount may be written in more than one way, and the server has its own. */
function isEqualValue(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (typeof one !== 'string' || typeof other !== 'string') return false;
  const [a, b] = [amountOf(one), amountOf(other)];
  return a !== undefined && a === b;
}

/** @returns the number behind a quantity, or undefined when the text is none. */
export function amountOf(text: string): number | undefined {
  const [, digits, unit] = quantity.exec(text) ?? [];
  return digits === undefined
    ? undefined
    : Number(digits) * (unit ? factors[unit] : 1);
}
