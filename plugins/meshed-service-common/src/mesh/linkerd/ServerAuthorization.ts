import { z } from 'zod';
import type { KubernetesObject } from '../../model';
import { originOf, Origin, readSpec, Unreadable } from '../readable';
import { LabelSelector, labelSelectorSchema, selects } from './LabelSelector';
import type { Network } from './EffectivePolicy';
import { networksSchema, readNetworks } from './NetworkAuthentication';
import type { Server } from './Server';

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
    unauthenticated: z.boolean().nullish(),
    meshTLS: z
      .object({
        unauthenticatedTLS: z.boolean().nullish(),
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
  const target = serverOf(server);
  if (!target) {
    return { ref: origin.ref, because: 'it must name or select Servers' };
  }
  const who = clientOf(client, origin.namespace);
  if (!who) {
    return { ref: origin.ref, because: 'it says nothing about its clients' };
  }
  const networks = client.networks ?? [];
  return {
    ...origin,
    server: target,
    networks: networks.length > 0 ? readNetworks(networks) : undefined,
    client: who,
  };
}

/** @returns whether the authorization is about a Server. Servers of other namespaces are never meant. */
export function concernsServer(
  authorization: ServerAuthorization,
  server: Server,
): boolean {
  if (authorization.namespace !== server.namespace) return false;
  return 'name' in authorization.server
    ? authorization.server.name === server.name
    : selects(authorization.server.selector, server.labels);
}

function serverOf({
  name,
  selector,
}: z.infer<typeof schema>['server']):
  | ServerAuthorization['server']
  | undefined {
  if (name && selector) return undefined;
  if (name) return { name };
  return selector ? { selector } : undefined;
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
