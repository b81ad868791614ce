import { byAgeThenName, isUnreadable, Unreadable } from '../readable';
import type { AuthorizationPolicy } from './AuthorizationPolicy';
import { Authentications, authorizationOf } from './authorize';
import { ClusterSettings, networksOf } from './DefaultPolicy';
import type { Authorization, RoutePolicy } from './EffectivePolicy';
import type { InboundRoute } from './InboundRoute';
import type { Pod } from './Pod';
import type { Server } from './Server';

/**
 * @returns the routes in effect on a Server. One GRPCRoute there takes every HTTPRoute with it, whatever their age; any
 *   HTTPRoute in effect takes the way that probes had.
 */
export function routesOf(
  server: Server,
  pod: Pod,
  port: number,
  policies: Authentications & {
    authorizationPolicies: readonly AuthorizationPolicy[];
    routes: readonly InboundRoute[];
  },
  settings: ClusterSettings,
): { routes: RoutePolicy[]; ignored: Unreadable[] } {
  const attached = policies.routes
    .filter(
      route =>
        route.namespace === server.namespace &&
        route.servers.includes(server.name),
    )
    .sort(byAgeThenName);
  const grpc = attached.filter(({ kind }) => kind === 'GRPCRoute');
  const conflicted = grpc.length > 0;
  const http = attached.filter(({ kind }) => kind === 'HTTPRoute');
  const ignored: Unreadable[] = conflicted
    ? http.map(({ ref }) => ({
        ref,
        because: `a GRPCRoute is on Server ${server.name}, too`,
      }))
    : [];

  const routes = servedBy(server, grpc, http).map(route => {
    const answers = policies.authorizationPolicies
      .filter(policy => isTargeted(route, policy))
      .map(policy => authorizationOf(policy, policies, settings));
    ignored.push(...answers.filter(isUnreadable));
    return {
      kind: route.kind,
      name: route.name,
      ref: route.ref,
      opens: route.opens,
      authorizations: answers.filter(
        (each): each is Authorization => !isUnreadable(each),
      ),
    };
  });
  const probed =
    routes.length === 0 && !['grpc', 'opaque', 'tls'].includes(server.protocol);
  return {
    routes: probed ? probeRoutes(pod, port, settings) : routes,
    ignored,
  };
}

function servedBy(
  { protocol }: Server,
  grpc: InboundRoute[],
  http: InboundRoute[],
): InboundRoute[] {
  if (protocol === 'grpc') return grpc;
  if (protocol === 'opaque' || protocol === 'tls') return [];
  return grpc.length > 0 ? [] : http;
}

/** @returns the way that the mesh keeps open for the kubelet's HTTP probes, where the pod has any on this port. */
export function probeRoutes(
  pod: Pod,
  port: number,
  settings: ClusterSettings,
): RoutePolicy[] {
  const paths = pod.httpProbes
    .filter(probe => probe.port === port)
    .map(({ path }) => path);
  if (paths.length === 0 || settings.probeNetworks.length === 0) return [];
  return [
    {
      kind: 'probe',
      name: 'probe',
      opens: [...new Set(paths)].sort(),
      authorizations: [
        {
          kind: 'default',
          name: 'probe',
          networks: networksOf(settings.probeNetworks),
          authentication: { type: 'unauthenticated' },
        },
      ],
    },
  ];
}

function isTargeted(
  route: InboundRoute,
  { namespace, target }: AuthorizationPolicy,
): boolean {
  if (namespace !== route.namespace) return false;
  if (target.kind === 'HTTPRoute') {
    return (
      route.kind === 'HTTPRoute' &&
      target.group === route.group &&
      target.name === route.name
    );
  }
  return (
    target.kind === 'GRPCRoute' &&
    route.kind === 'GRPCRoute' &&
    target.name === route.name
  );
}
