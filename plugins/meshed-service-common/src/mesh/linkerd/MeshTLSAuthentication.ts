import { z } from 'zod';
import type { KubernetesObject } from '../../model';
import { meshIdentity, namespaceIdentity } from '../../model';
import { originOf, Origin, readSpec, Unreadable } from '../readable';
import type { ClusterSettings } from './DefaultPolicy';
import type { Authentication } from './EffectivePolicy';

/**
 * Identities of clients, as listed: `*`, `*.suffix`, exact; or by reference.
 *
 * @public
 */
export type MeshTLSAuthentication = Origin & {
  identities: string[];
  accounts: Array<{ namespace: string; serviceAccount: string }>;
  namespaces: string[];
};

const schema = z.object({
  identities: z.array(z.string()).nullish(),
  identityRefs: z
    .array(
      z.object({
        group: z.string().nullish(),
        kind: z.string(),
        name: z.string().nullish(),
        namespace: z.string().nullish(),
      }),
    )
    .nullish(),
});

/**
 * @returns the authentication, or why a policy controller would not use it.
 *
 * @public
 */
export function meshTLSAuthenticationFromKubernetes(
  object: KubernetesObject,
): MeshTLSAuthentication | Unreadable {
  const read = readSpec(object, schema);
  if ('unreadable' in read) return read.unreadable;
  const origin = originOf(object);
  const refs = read.spec.identityRefs ?? [];
  const identities = read.spec.identities ?? [];
  if (identities.length + refs.length === 0) {
    return { ref: origin.ref, because: 'it names no identity' };
  }
  const accounts: MeshTLSAuthentication['accounts'] = [];
  const namespaces: string[] = [];
  for (const ref of refs) {
    const kind = coreKindOf(ref);
    if (kind === 'serviceaccount' && ref.name) {
      accounts.push({
        namespace: ref.namespace ?? origin.namespace,
        serviceAccount: ref.name,
      });
    } else if (kind === 'namespace' && ref.name) {
      namespaces.push(ref.name);
    } else {
      return {
        ref: origin.ref,
        because: `an identityRef of kind ${ref.kind} cannot be used`,
      };
    }
  }
  return { ...origin, identities, accounts, namespaces };
}

/** @returns the kind in lower case when the reference is to the core group, which has two spellings. */
export function coreKindOf(ref: {
  group?: string | null;
  kind: string;
}): string | undefined {
  const group = ref.group?.toLowerCase() ?? '';
  return group === '' || group === 'core' ? ref.kind.toLowerCase() : undefined;
}

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
