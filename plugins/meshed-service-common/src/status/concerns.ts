import type { ServiceRef } from '../model';
import {
  InboundRoute,
  Policies,
  selects,
  selectsWorkload,
  Server,
  Workload,
} from '../mesh';
import type { Origin } from '../mesh/readable';

/**
 * @param workloads - of the service.
 * @returns the policies that have a say about a service: those about its workloads, and those that were made for it. However
 *   many others a namespace holds, they change nothing.
 */
export function policiesAbout(
  service: ServiceRef,
  workloads: readonly Workload[],
  all: Policies,
): Policies {
  const madeFor = (origin: Origin) =>
    origin.namespace === service.namespace && origin.service === service.name;
  const servers = all.servers.filter(
    server =>
      madeFor(server) ||
      workloads.some(workload => selectsWorkload(server, workload)),
  );
  const serverKeys = new Set(servers.map(placeKey));
  const routes = all.routes.filter(
    route =>
      madeFor(route) ||
      route.parents.some(parent => serverKeys.has(placeKey(parent))),
  );
  const routeKeys = new Set(routes.map(routeKey));
  const authorizationPolicies = all.authorizationPolicies.filter(policy => {
    const { target, namespace } = policy;
    if (madeFor(policy)) return true;
    switch (target.kind) {
      case 'Namespace':
        return namespace === service.namespace;
      case 'Server':
        return serverKeys.has(placeKey({ namespace, name: target.name }));
      default:
        return routeKeys.has(routeKey({ ...target, namespace }));
    }
  });
  const required = new Set(
    authorizationPolicies.flatMap(({ requires }) =>
      requires.map(each => `${each.kind} ${placeKey(each)}`),
    ),
  );
  const isRequired = (kind: string) => (origin: Origin) =>
    madeFor(origin) || required.has(`${kind} ${placeKey(origin)}`);
  return {
    servers,
    routes,
    authorizationPolicies,
    serverAuthorizations: all.serverAuthorizations.filter(
      each => madeFor(each) || servers.some(server => opens(each, server)),
    ),
    meshTLSAuthentications: all.meshTLSAuthentications.filter(
      isRequired('MeshTLSAuthentication'),
    ),
    networkAuthentications: all.networkAuthentications.filter(
      isRequired('NetworkAuthentication'),
    ),
    rateLimits: all.rateLimits.filter(
      each =>
        madeFor(each) ||
        serverKeys.has(
          placeKey({ namespace: each.namespace, name: each.server }),
        ),
    ),
    refused: all.refused.filter(
      ({ ref }) =>
        ref.namespace === service.namespace ||
        required.has(
          `${ref.kind} ${placeKey({
            namespace: ref.namespace ?? '',
            name: ref.name,
          })}`,
        ),
    ),
  };
}

function opens(
  { namespace, server: of }: Policies['serverAuthorizations'][number],
  server: Server,
): boolean {
  if (namespace !== server.namespace) return false;
  return 'name' in of
    ? of.name === server.name
    : selects(of.selector, server.labels);
}

/** A namespace has no slash in its name, so no two places share a key. */
function placeKey(place: { namespace: string; name: string }): string {
  return `${place.namespace}/${place.name}`;
}

function routeKey(
  route: Pick<InboundRoute, 'kind' | 'group' | 'namespace' | 'name'>,
): string {
  const { kind, group, namespace, name } = route;
  return `${kind} ${group} ${namespace}/${name.toLowerCase()}`;
}
