import { z } from 'zod';
import type { KubernetesObject } from '../../../model';
import { originOf, Origin, readSpec, refuse, Unreadable } from '../../readable';
import { coreKindOf } from './reference';

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
        name: z.string(),
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
    return refuse(object, 'it names no identity');
  }
  const accounts: MeshTLSAuthentication['accounts'] = [];
  const namespaces: string[] = [];
  for (const ref of refs) {
    const kind = coreKindOf(ref);
    if (kind === 'serviceaccount') {
      accounts.push({
        namespace: ref.namespace ?? origin.namespace,
        serviceAccount: ref.name,
      });
    } else if (kind === 'namespace') {
      namespaces.push(ref.name);
    } else {
      return refuse(
        object,
        `an identityRef of kind ${ref.kind} cannot be used`,
      );
    }
  }
  return { ...origin, identities, accounts, namespaces };
}
