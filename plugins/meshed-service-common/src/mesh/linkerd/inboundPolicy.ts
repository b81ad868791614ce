import { inPorts } from '../injection';
import {
  byAgeThenName,
  compareText,
  isUnreadable,
  Unreadable,
} from '../readable';
import type { AuthorizationPolicy } from './AuthorizationPolicy';
import {
  authorizationOf,
  authorizationOfServerAuthorization,
  Authentications,
} from './authorize';
import {
  authorizationsOf,
  ClusterSettings,
  DefaultPolicy,
  parseDefaultPolicy,
  withIdentityRequired,
} from './DefaultPolicy';
import type { Authorization, EffectivePolicy } from './EffectivePolicy';
import type { InboundRoute } from './InboundRoute';
import { selects } from './LabelSelector';
import { bypassesProxy, Pod } from './Pod';
import { probeRoutes, routesOf } from './routes';
import type { Server } from './Server';
import { concernsServer, ServerAuthorization } from './ServerAuthorization';

/**
 * Everything that can have a say, in any order. Objects of other namespaces are passed over where they have none.
 *
 * @public
 */
export type Policies = Authentications & {
  servers: readonly Server[];
  authorizationPolicies: readonly AuthorizationPolicy[];
  serverAuthorizations: readonly ServerAuthorization[];
  routes: readonly InboundRoute[];
};

/**
 * What Linkerd does with a connection to a port of a pod: the policy controller's own rules.
 *
 * The oldest matching Server decides. Its authorizations, those of its namespace and its own `accessPolicy` add up: any one
 * lets a client in. Without a Server the pod's default policy decides, and policies have no say.
 *
 * @public
 */
export function inboundPolicy(
  pod: Pod,
  port: number,
  policies: Policies,
  settings: ClusterSettings,
): EffectivePolicy {
  const [server, ...shadowed] = serversOf(pod, port, policies.servers);
  const common = {
    port,
    skipped: bypassesProxy(pod, port),
    shadowed: shadowed.map(({ ref }) => ref),
  };
  if (!server) {
    const name = defaultPolicyOf(pod, port, settings);
    const opaque = inPorts(pod.opaquePorts, port);
    return {
      ...common,
      server: { kind: 'default', name },
      protocol: opaque ? 'opaque' : 'detect',
      authorizations: authorizationsOf(name, settings),
      routes: opaque ? [] : probeRoutes(pod, port, settings),
      ignored: [],
    };
  }
  const { authorizations, ignored } = authorizationsOfServer(
    server,
    policies,
    settings,
  );
  const routes = routesOf(server, pod, port, policies, settings);
  return {
    ...common,
    server: { kind: 'server', name: server.name, ref: server.ref },
    protocol: server.protocol,
    authorizations,
    routes: routes.routes,
    ignored: [...ignored, ...routes.ignored],
  };
}

/**
 * @returns the default policy of a pod for a port that no Server claims.
 *
 * @public
 */
export function defaultPolicyOf(
  pod: Pod,
  port: number,
  settings: ClusterSettings,
): DefaultPolicy {
  const policy =
    parseDefaultPolicy(pod.defaultInboundPolicy) ??
    settings.defaultInboundPolicy ??
    parseDefaultPolicy(pod.proxy?.defaultInboundPolicy) ??
    'all-unauthenticated';
  return inPorts(pod.identityRequiredPorts, port)
    ? withIdentityRequired(policy)
    : policy;
}

/**
 * @returns the Servers that match a port of a pod, the deciding one first.
 *
 * @public
 */
export function serversOf(
  pod: Pod,
  port: number,
  servers: readonly Server[],
): Server[] {
  return servers
    .filter(
      server => selectsPod(server, pod) && portsOf(server, pod).includes(port),
    )
    .sort(byAgeThenName);
}

/**
 * @returns whether a Server is about a pod at all.
 *
 * @public
 */
export function selectsPod(server: Server, pod: Pod): boolean {
  return (
    server.namespace === pod.namespace &&
    server.selects !== undefined &&
    selects(server.selects, pod.labels)
  );
}

/**
 * @returns the ports that a Server means on a pod. A number always counts; a name only where a TCP port bears it.
 *
 * @public
 */
export function portsOf({ port }: Server, pod: Pod): number[] {
  return typeof port === 'number'
    ? [port]
    : pod.ports.filter(({ name }) => name === port).map(each => each.port);
}

function authorizationsOfServer(
  server: Server,
  policies: Policies,
  settings: ClusterSettings,
): { authorizations: Authorization[]; ignored: Unreadable[] } {
  const access = parseDefaultPolicy(server.accessPolicy);
  const answers = policies.authorizationPolicies
    .filter(policy => concerns(policy, server))
    .map(policy => authorizationOf(policy, policies, settings));
  return {
    authorizations: [
      ...answers.filter((each): each is Authorization => !isUnreadable(each)),
      ...policies.serverAuthorizations
        .filter(authorization => concernsServer(authorization, server))
        .map(each => authorizationOfServerAuthorization(each, settings)),
      ...(access ? authorizationsOf(access, settings) : []),
    ].sort(byKindThenName),
    ignored: answers.filter(isUnreadable),
  };
}

function concerns(
  { namespace, target }: AuthorizationPolicy,
  server: Server,
): boolean {
  if (namespace !== server.namespace) return false;
  return (
    target.kind === 'Namespace' ||
    (target.kind === 'Server' && target.name === server.name)
  );
}

function byKindThenName(a: Authorization, b: Authorization): number {
  return compareText(a.kind, b.kind) || compareText(a.name, b.name);
}
