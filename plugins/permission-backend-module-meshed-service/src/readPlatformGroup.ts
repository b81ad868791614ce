import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';

const KEY = 'meshedService.governance.platformGroup';

/**
 * @returns the entity reference of the platform group in full, or undefined when none is configured.
 * @throws InputError naming the key, when it is no reference of a group.
 */
export function readPlatformGroup(config: Config): string | undefined {
  const text = config.getOptionalString(KEY);
  if (text === undefined) return undefined;
  const ref = parse(text);
  if (ref?.kind !== 'group') {
    throw new InputError(
      `${KEY}: "${text}" names no group. Write it like group:default/platform.`,
    );
  }
  return stringifyEntityRef(ref);
}

function parse(text: string) {
  try {
    const ref = parseEntityRef(text, { defaultKind: 'group' });
    return { ...ref, kind: ref.kind.toLocaleLowerCase('en-US') };
  } catch {
    return undefined;
  }
}
