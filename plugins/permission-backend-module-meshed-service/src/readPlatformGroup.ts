import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';

const KEY = 'meshedService.governance.platformGroup';

/**
 * The one setting that the policy needs. Read here, because the policy must not bring the outside world into the
 * permission backend with it.
 *
 * @returns the entity reference of the platform group in full; `group:default/platform` when none is written.
 * @throws InputError naming the key, when it is no reference of a group.
 */
export function readPlatformGroup(config: Config): string {
  const written = config.getOptionalString(KEY) ?? 'group:default/platform';
  const group = groupIn(written);
  if (group) return group;
  throw new InputError(
    `${KEY}: ${JSON.stringify(
      written.slice(0, 80),
    )} is not a group; write a reference such as group:default/platform`,
  );
}

function groupIn(written: string): string | undefined {
  try {
    const ref = parseEntityRef(written, { defaultKind: 'group' });
    const isGroup = ref.kind.toLocaleLowerCase('en-US') === 'group';
    return isGroup ? stringifyEntityRef(ref) : undefined;
  } catch {
    return undefined;
  }
}
