import { Entity, isUserEntity, parseEntityRef } from '@backstage/catalog-model';
import type { Author } from '../forge';

/**
 * @param ref - who writes, in full, as credentials prove it.
 * @param entity - the same person in the catalog; the reference stands for the name where it is not there.
 * @returns how commits are signed.
 *
 * @public
 */
export function authorOf(ref: string, entity: Entity | undefined): Author {
  const profile = entity && isUserEntity(entity) ? entity.spec.profile : {};
  const { namespace, name } = parseEntityRef(ref);
  return {
    name: oneLine(profile?.displayName) ?? ref,
    // Reserved by RFC 2606: nobody's address.
    email: oneLine(profile?.email) ?? `${name}@${namespace}.invalid`,
  };
}

/** Git delimits names by these characters. */
function oneLine(text: unknown): string | undefined {
  if (typeof text !== 'string') return undefined;
  // eslint-disable-next-line no-control-regex -- control characters are what is taken out
  const safe = text.replace(/[\u0000-\u001f\u007f<>]/g, ' ').trim();
  return safe.slice(0, 200) || undefined;
}
