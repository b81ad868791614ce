import { isUnreadable, Unreadable } from '../../readable';
import { acceptanceOf } from './acceptedRoutes';
import { authorizationOf } from './authorize';
import { ClusterSettings, networksOf } from './DefaultPolicy';
import type {
  Authorization,
  HistoryNote,
  RoutePolicy,
} from './EffectivePolicy';
import type {
  InboundRoute,
  ProxyProtocol,
  RouteRule,
  Server,
  Workload,
} from '../kinds';
import { byKindThenName, byPreference } from './order';
import type { PolicyIndex } from './PolicyIndex';

type ServedRoutes = {
  routes: RoutePolicy[];
  ignored: Unreadable[];
  history: HistoryNote[];
};

/**
 * @returns the routes in effect on a Server. A GRPCRoute pushes every HTTPRoute off, and shows nothing itself unless the
 *   Server's protocol is gRPC. Where none is attached, the mesh makes its own.
 */
export function routesOf(
  server: Server,
  workload: Workload,
  port: number,
  index: PolicyIndex,
  settings: ClusterSettings,
): ServedRoutes {
  const ignored: Unreadable[] = [];
  const history: HistoryNote[] = [];
  const taken: InboundRoute[] = [];
  for (const route of index.routesOf(server)) {
    if (route.unusable) {
      ignored.push(route.unusable);
      continue;
    }
    const { accepted, because, note } = acceptanceOf(route, server, index);
    if (note) history.push(note);
    if (accepted) taken.push(route);
    else ignored.push({ ref: route.ref, because });
  }
  const kind = routeKindOf(server.protocol);
  const served = taken
    .filter(route => route.kind === kind)
    .sort(byPreference)
    .map(route => {
      const { authorizations, ignored: unused } = authorizationsOfRoute(
        route,
        index,
        settings,
      );
      ignored.push(...unused);
      const { group, name, ref, hosts, rules } = route;
      return {
        ...{ kind: route.kind, group, name, ref, hosts, rules },
        opens: opensOf(rules),
        authorizations,
      };
    });
  return {
    routes:
      served.length > 0
        ? served
        : ownRoutes(server.protocol, workload, port, settings),
    ignored,
    history,
  };
}

/** @returns the routes that the mesh makes where none is attached: for everything, and for the probes of the kubelet. */
export function ownRoutes(
  protocol: ProxyProtocol,
  workload: Workload,
  port: number,
  settings: ClusterSettings,
): RoutePolicy[] {
  const kind = routeKindOf(protocol);
  if (!kind) return [];
  const everything: RoutePolicy = {
    ...{ kind: 'default', group: '', name: 'default', hosts: [] },
    rules: [
      {
        matches: [
          kind === 'GRPCRoute' ? { rpc: {} } : { path: { prefix: '/' } },
        ],
      },
    ],
    opens: undefined,
    authorizations: [],
  };
  return kind === 'GRPCRoute'
    ? [everything]
    : [everything, ...probeRoutes(workload, port, settings)];
}

function probeRoutes(
  { httpProbes }: Workload,
  port: number,
  { probeNetworks }: ClusterSettings,
): RoutePolicy[] {
  const paths = httpProbes
    .filter(probe => probe.port === port)
    .map(({ path }) => path);
  if (paths.length === 0 || probeNetworks.length === 0) return [];
  const sorted = [...new Set(paths)].sort();
  return [
    {
      ...{ kind: 'probe', group: '', name: 'probe', hosts: [] },
      rules: [
        {
          matches: sorted.map(path => ({
            path: { exact: path },
            method: { registered: 'GET' },
          })),
        },
      ],
      opens: sorted,
      authorizations: [
        {
          kind: 'default',
          name: 'probe',
          networks: networksOf(probeNetworks),
          authentication: { type: 'unauthenticated' },
        },
      ],
    },
  ];
}

function authorizationsOfRoute(
  route: InboundRoute,
  index: PolicyIndex,
  settings: ClusterSettings,
): { authorizations: Authorization[]; ignored: Unreadable[] } {
  const answers = index
    .policiesOfRoute(route)
    .map(policy => authorizationOf(policy, index, settings));
  return {
    authorizations: answers
      .filter((each): each is Authorization => !isUnreadable(each))
      .sort(byKindThenName),
    ignored: answers.filter(isUnreadable),
  };
}

function routeKindOf(
  protocol: ProxyProtocol,
): InboundRoute['kind'] | undefined {
  if (protocol === 'grpc') return 'GRPCRoute';
  return protocol === 'opaque' || protocol === 'tls' ? undefined : 'HTTPRoute';
}

/** @returns the paths, when every match is one exact path or gRPC method. */
function opensOf(rules: readonly RouteRule[]): string[] | undefined {
  const paths: string[] = [];
  for (const { matches } of rules) {
    if (matches.length === 0) return undefined;
    for (const match of matches) {
      if ('path' in match && match.path) {
        if (!('exact' in match.path)) return undefined;
        paths.push(match.path.exact);
      } else if ('rpc' in match && match.rpc?.service) {
        paths.push(`/${match.rpc.service}/${match.rpc.method ?? ''}`);
      } else {
        return undefined;
      }
    }
  }
  return paths.length > 0 ? paths : undefined;
}
