import {
  ClusterSettings,
  EffectivePolicy,
  formatObjectRef,
  isPod,
  LinkerdObjects,
  parseDefaultPolicy,
  RoutePolicy,
  Workload,
  WorkloadRef,
} from '@meshway/plugin-meshed-service-common';
import type { KnownSettings } from '../work/policySettings';
import { presentAuthorization } from './presentAuthorization';
import { presentRule } from './presentRoute';

const protocolWords: Record<EffectivePolicy['protocol'], string> = {
  detect: 'the proxy finds out whether it is HTTP',
  http1: 'read as HTTP/1',
  http2: 'read as HTTP/2',
  grpc: 'read as gRPC',
  opaque: 'passed on as bytes (opaque)',
  tls: "passed on as the application's own TLS",
};

/** Who may call a port, for people. */
export function presentPolicy(
  workload: Workload,
  policy: EffectivePolicy,
  { settings, from }: KnownSettings,
): string {
  const { server, port, protocol, authorizations } = policy;
  const routes = policy.routes.filter(({ kind }) => kind !== 'default');
  const attached = routes.some(({ kind }) => kind !== 'probe');
  return [
    `${workload.kind} ${workload.namespace}/${workload.name}, port ${port}: ${protocolWords[protocol]}.`,
    server.kind === 'server'
      ? `Server ${
          server.name
        } decides: it selects the workload and names port ${JSON.stringify(
          server.port,
        )}.`
      : `No Server claims the port: the default policy ${
          server.name
        } decides (${whyDefault(
          workload,
          settings,
        )}), and no other policy has a say.`,
    ...notEnforced(workload, policy),
    '',
    ...section(
      attached ? 'Who is let in, on every route' : 'Who is let in',
      authorizations.map(each => presentAuthorization(each, settings)),
      attached ? 'nobody' : 'nobody: every call is refused',
    ),
    ...section(
      attached
        ? 'Routes; what none of them takes is answered with 404'
        : 'Open beside that',
      routes.map(route => presentRoute(route, settings)),
    ),
    ...section('At most', limitsOf(policy)),
    ...section(
      'Shadowed: they match the port, too, and are younger or later by name',
      policy.shadowed.map(formatObjectRef),
    ),
    ...section(
      'Without effect',
      policy.ignored.map(
        ({ ref, because }) => `${formatObjectRef(ref)}: ${because}`,
      ),
    ),
    ...section(
      'Depends on history: a running control plane may answer otherwise',
      policy.history.map(
        ({ ref, because }) => `${formatObjectRef(ref)}: ${because}`,
      ),
    ),
    `Settings of the control plane: ${from}.`,
  ].join('\n');
}

/** Where the default of a workload comes from. */
function whyDefault(
  { defaultInboundPolicy: written, injectedInboundPolicy }: Workload,
  { defaultInboundPolicy }: ClusterSettings,
): string {
  if (parseDefaultPolicy(written)) return 'as its annotation says';
  const ignored =
    written === undefined
      ? ''
      : `; its annotation ${JSON.stringify(written)} is none and is ignored`;
  if (defaultInboundPolicy) return `of the installation${ignored}`;
  return parseDefaultPolicy(injectedInboundPolicy)
    ? `as the injector wrote it on the pod${ignored}`
    : `Linkerd's own${ignored}`;
}

/** What is answered, and yet not done. */
function notEnforced(
  workload: Workload,
  { skipped }: EffectivePolicy,
): string[] {
  if (isPod(workload) && !workload.proxy) {
    return [
      'But the pod runs no proxy: nothing of this is enforced, and nothing is encrypted by the mesh.',
    ];
  }
  return skipped
    ? [
        'But traffic to this port goes around the proxy: nothing of this is enforced, and nothing is encrypted by the mesh.',
      ]
    : [];
}

/** Why nothing can be said of a workload, for people. */
export function presentUnknown(
  ref: WorkloadRef,
  workload: Workload | undefined,
  { unreadable }: LinkerdObjects,
): string {
  const [kind, name] =
    'pod' in ref
      ? ['Pod', ref.pod]
      : ['ExternalWorkload', ref.externalWorkload];
  const called = `${kind} ${ref.namespace}/${name}`;
  const refusal = unreadable.find(
    each =>
      each.ref.kind === kind &&
      each.ref.namespace === ref.namespace &&
      each.ref.name === name,
  );
  if (refusal) return `${called} cannot be read: ${refusal.because}.`;
  return workload
    ? `The policy controller does not know ${called}: it has no label linkerd.io/control-plane-ns, so it was never injected. Whoever the network lets through reaches it.`
    : `${called} is not in the snapshot.`;
}

function presentRoute(
  route: RoutePolicy,
  settings: KnownSettings['settings'],
): string {
  const name =
    route.kind === 'probe'
      ? 'probes of the kubelet'
      : `${route.kind} ${route.name} (${route.group})`;
  const who = route.authorizations.map(each =>
    presentAuthorization(each, settings),
  );
  return [
    `${name}: ${route.rules.map(rule => presentRule(rule, route)).join('; ')}`,
    ...who.map(each => `    lets in, too: ${each}`),
  ].join('\n');
}

function limitsOf({ rateLimit }: EffectivePolicy): string[] {
  if (!rateLimit) return [];
  const { name, total, identity, overrides } = rateLimit;
  const by = `(HTTPLocalRateLimitPolicy ${name})`;
  return [
    ...(total === null ? [] : [`${total} requests per second in total ${by}`]),
    ...(identity === null
      ? []
      : [`${identity} requests per second of each client ${by}`]),
    ...overrides.map(
      ({ requestsPerSecond, identities }) =>
        `${requestsPerSecond} requests per second of ${identities.join(
          ' and ',
        )} ${by}`,
    ),
  ];
}

function section(
  title: string,
  lines: readonly string[],
  none?: string,
): string[] {
  if (lines.length === 0 && none === undefined) return [];
  const shown = lines.length > 0 ? lines : [none];
  return [`${title}:`, ...shown.map(each => `  - ${each}`), ''];
}
