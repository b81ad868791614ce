import { meshIdentity, namespaceIdentity } from '../../../model';
import type { MeshTLSAuthentication } from '../kinds';
import type { ClusterSettings } from './DefaultPolicy';
import type { Authentication } from './EffectivePolicy';

/**
 * @returns whom these names and references stand for.
 *
 * @public
 */
export function authenticationOf(
  {
    identities = [],
    accounts = [],
    namespaces = [],
  }: Partial<
    Pick<MeshTLSAuthentication, 'identities' | 'accounts' | 'namespaces'>
  >,
  settings: ClusterSettings,
): Authentication {
  const exact = new Set(
    accounts.map(account => meshIdentity(account, settings)),
  );
  const suffixes = new Set(
    namespaces.map(namespace => namespaceIdentity({ namespace }, settings)),
  );
  for (const identity of identities) {
    if (identity === '*') suffixes.add('');
    else if (identity.startsWith('*.')) suffixes.add(identity.slice(2));
    else exact.add(identity);
  }
  return {
    type: suffixes.has('') ? 'meshTLS-any-identity' : 'meshTLS',
    identities: [...exact].sort(),
    suffixes: [...suffixes].sort(),
  };
}
