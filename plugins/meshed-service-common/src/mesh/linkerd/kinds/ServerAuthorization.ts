import { z } from 'zod';
import type { KubernetesObject } from '../../../model';
import { originOf, Origin, readSpec, refuse, Unreadable } from '../../readable';
import { LabelSelector, labelSelectorSchema } from './LabelSelector';
import type { Network } from './network';
import { networksSchema, readNetworks } from './NetworkAuthentication';

/**
 * The older way to let clients in. Still served, so still read.
 *
 * @public
 */
export type ServerAuthorization = Origin & {
  server: { name: string } | { selector: LabelSelector };
  /** Undefined: the networks of the cluster. */
  networks: Network[] | undefined;
  client:
    | { kind: 'anybody' }
    | { kind: 'anyTLS' }
    | {
        kind: 'identities';
        identities: string[];
        accounts: Array<{ namespace: string; serviceAccount: string }>;
      };
};

const schema = z.object({
  server: z.object({
    name: z.string().nullish(),
    selector: labelSelectorSchema.nullish(),
  }),
  client: z.object({
    networks: networksSchema.nullish(),
    unauthenticated: z.boolean().optional(),
    meshTLS: z
      .object({
        unauthenticatedTLS: z.boolean().optional(),
        identities: z.array(z.string()).nullish(),
        serviceAccounts: z
          .array(
            z.object({ name: z.string(), namespace: z.string().nullish() }),
          )
          .nullish(),
      })
      .nullish(),
  }),
});

/**
 * @returns the authorization, or why a policy controller would not use it: it then lets nobody in.
 *
 * @public
 */
export function serverAuthorizationFromKubernetes(
  object: KubernetesObject,
): ServerAuthorization | Unreadable {
  const read = readSpec(object, schema);
  if ('unreadable' in read) return read.unreadable;
  const origin = originOf(object);
  const { server, client } = read.spec;
  const who = clientOf(client, origin.namespace);
  if (!who) return refuse(object, 'it says nothing about its clients');
  const networks = client.networks ?? [];
  return {
    ...origin,
    server: serverOf(server),
    networks: networks.length > 0 ? readNetworks(networks) : undefined,
    client: who,
  };
}

/** A name outdoes a selector. Without either, every Server of the namespace is meant. */
function serverOf({
  name,
  selector,
}: z.infer<typeof schema>['server']): ServerAuthorization['server'] {
  if (typeof name === 'string') return { name };
  return { selector: selector ?? { labels: [], expressions: [] } };
}

function clientOf(
  { unauthenticated, meshTLS }: z.infer<typeof schema>['client'],
  ownNamespace: string,
): ServerAuthorization['client'] | undefined {
  if (unauthenticated) return { kind: 'anybody' };
  if (!meshTLS) return undefined;
  if (meshTLS.unauthenticatedTLS) return { kind: 'anyTLS' };
  const identities = meshTLS.identities ?? [];
  const accounts = (meshTLS.serviceAccounts ?? []).map(
    ({ name, namespace }) => ({
      namespace: namespace ?? ownNamespace,
      serviceAccount: name,
    }),
  );
  return identities.length + accounts.length > 0
    ? { kind: 'identities', identities, accounts }
    : undefined;
}
