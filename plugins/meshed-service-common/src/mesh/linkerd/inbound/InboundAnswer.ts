import {
  HostMatch,
  LINKERD_POLICY_GROUP,
  Network,
  ProxyProtocol,
  RouteRule,
  Workload,
} from '../kinds';
import type { ClusterSettings } from './DefaultPolicy';
import type {
  Authentication,
  Authorization,
  EffectivePolicy,
  RateLimitPolicy,
  RoutePolicy,
} from './EffectivePolicy';
import { inboundPolicy } from './inboundPolicy';
import type { PolicyIndex } from './PolicyIndex';

/** A workload, as a proxy names itself to the policy controller. @public */
export type WorkloadRef = { namespace: string } & (
  | { pod: string }
  | { externalWorkload: string }
);

/** One way in, as the policy controller sends it. @public */
export type AnsweredAuthorization = {
  kind: Authorization['kind'];
  group: string;
  name: string;
  networks: Network[];
  authentication: Authentication;
};

/** A route, as the policy controller sends it. @public */
export type AnsweredRoute = {
  kind: 'HTTPRoute' | 'GRPCRoute' | 'default';
  group: string;
  name: string;
  hosts: HostMatch[];
  authorizations: AnsweredAuthorization[];
  rules: RouteRule[];
};

/**
 * What the policy controller answers to a proxy that asks about one of its ports, reduced to facts: the form of the
 * recorded answers.
 *
 * @public
 */
export type InboundAnswer = { workload: WorkloadRef; port: number } & (
  | { found: false; code: 'NotFound'; message: string }
  | {
      found: true;
      server: { kind: 'default' | 'server'; group: string; name: string };
      protocol: ProxyProtocol;
      /** Where the protocol is detected. */
      detectTimeout?: string;
      authorizations: AnsweredAuthorization[];
      /** Where the protocol is HTTP or is detected. */
      httpRoutes?: AnsweredRoute[];
      /** Where the protocol is gRPC. */
      grpcRoutes?: AnsweredRoute[];
      /** Where the protocol is HTTP or is detected. */
      rateLimit?: Omit<RateLimitPolicy, 'ref'> | null;
      labels: { group: string; kind: string; name: string };
    }
);

/**
 * @param workload - undefined where there is none of that name.
 * @returns what the policy controller answers about a port.
 *
 * @public
 */
export function answerInbound(
  ref: WorkloadRef,
  workload: Workload | undefined,
  port: number,
  index: PolicyIndex,
  settings: ClusterSettings,
): InboundAnswer {
  if (!workload?.known) {
    const [code, message] = ['NotFound' as const, 'unknown server'];
    return { workload: ref, port, found: false, code, message };
  }
  return presentAnswer(ref, inboundPolicy(workload, port, index, settings));
}

/**
 * @returns a policy as the policy controller sends it.
 *
 * @public
 */
export function presentAnswer(
  workload: WorkloadRef,
  policy: EffectivePolicy,
): InboundAnswer {
  const { port, protocol, detectTimeout, authorizations } = policy;
  const { kind, name } = policy.server;
  const server = { kind, group: groupOf(kind), name };
  return {
    workload,
    port,
    found: true,
    server,
    protocol,
    ...(detectTimeout === undefined ? {} : { detectTimeout }),
    authorizations: authorizations.map(presentAuthorization),
    ...presentRoutes(policy),
    labels: { group: server.group, kind, name },
  };
}

function presentRoutes({
  protocol,
  routes,
  rateLimit,
}: EffectivePolicy): Pick<
  Extract<InboundAnswer, { found: true }>,
  'httpRoutes' | 'grpcRoutes' | 'rateLimit'
> {
  switch (protocol) {
    case 'opaque':
    case 'tls':
      return {};
    case 'grpc':
      return { grpcRoutes: routes.map(presentRoute) };
    default:
      return {
        httpRoutes: routes.map(presentRoute),
        rateLimit: rateLimit ? presentRateLimit(rateLimit) : null,
      };
  }
}

function presentRoute({
  kind,
  group,
  name,
  hosts,
  authorizations,
  rules,
}: RoutePolicy): AnsweredRoute {
  return {
    kind: kind === 'probe' ? 'default' : kind,
    group,
    name,
    hosts,
    authorizations: authorizations.map(presentAuthorization),
    rules,
  };
}

function presentAuthorization({
  kind,
  name,
  networks,
  authentication,
}: Authorization): AnsweredAuthorization {
  return { kind, group: groupOf(kind), name, networks, authentication };
}

function presentRateLimit({
  ref: _,
  ...rest
}: RateLimitPolicy): Omit<RateLimitPolicy, 'ref'> {
  return rest;
}

/** What the mesh made itself is of no group. */
function groupOf(kind: string): string {
  return kind === 'default' ? '' : LINKERD_POLICY_GROUP;
}

/**
 * @returns how proxies name a workload.
 *
 * @public
 */
export function workloadRefOf({
  kind,
  namespace,
  name,
}: Pick<Workload, 'kind' | 'namespace' | 'name'>): WorkloadRef {
  return kind === 'Pod'
    ? { namespace, pod: name }
    : { namespace, externalWorkload: name };
}
