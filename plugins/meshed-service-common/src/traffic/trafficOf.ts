import { labels as labelKeys, proxyPorts } from '../model';
import {
  bypassesProxy,
  ClusterSettings,
  EffectivePolicy,
  inboundPolicy,
  inPorts,
  needsIdentity,
  networksAroundProxy,
  opensOnlyProbes,
  parsePorts,
  Pod,
  PolicyIndex,
} from '../mesh';
import { leafOf } from './certificates';
import { IsProbe, portsOf } from './ports';
import { workloadLabels } from './questions';
import type { TrafficEvidence } from './TrafficEvidence';
import type { Proxies, TrafficIndex } from './TrafficIndex';

/**
 * Whose traffic is meant: the pods of one service, and the policies that they are under.
 *
 * @public
 */
export type TrafficSubject = {
  service: { namespace: string };
  pods: readonly Pod[];
  index: PolicyIndex;
  settings: ClusterSettings;
};

/**
 * @returns what the proxies of one service say in a round of answers.
 *
 * @public
 */
export function trafficOf(
  subject: TrafficSubject,
  index: TrafficIndex,
): TrafficEvidence {
  const { service, pods } = subject;
  const { source, observedAt, windowSeconds } = index.answers;
  const meshed = pods.filter(({ proxy }) => proxy);
  const silent = meshed.flatMap(pod => {
    const because = whySilent(pod, subject, index);
    return because ? [{ pod: pod.name, because }] : [];
  });
  if (silent.length === meshed.length) {
    const because = silent[0]?.because ?? noProxy(pods);
    return { kind: 'noData', because, source, observedAt };
  }
  const proxies: Proxies = {
    namespace: service.namespace,
    pods: meshed.map(({ name }) => name),
    workloads: workloadsOf(meshed),
  };
  return {
    kind: 'observed',
    ...{ source, observedAt, windowSeconds },
    ports: portsOf(
      question => index.rowsOf(proxies, question),
      probesOf(subject),
    ),
    silent,
    unseenPorts: unseenPortsOf(meshed),
    unseenNetworks: [...new Set(meshed.flatMap(networksAroundProxy))].sort(),
    failedHandshakes: Math.round(
      index
        .rowsOf(proxies, 'failedHandshakes')
        .reduce((sum, { value }) => sum + value, 0),
    ),
    certificates: meshed.flatMap(
      ({ name }) => leafOf(index, service.namespace, name) ?? [],
    ),
  };
}

function noProxy(pods: readonly Pod[]): string {
  return pods.length === 0
    ? 'No pod of the service is there, so no proxy says anything about its traffic.'
    : 'No pod of the service runs a proxy, and nothing else measures whether its traffic is secured.';
}

/** @returns why nothing is known of a pod's proxy; undefined when something is. */
function whySilent(
  pod: Pod,
  { index: policies, settings }: TrafficSubject,
  index: TrafficIndex,
): string | undefined {
  const { up, ...rest } = index.ofPod(pod.namespace, pod.name);
  if (up?.some(({ value }) => value > 0)) return undefined;
  if (!up && Object.keys(rest).length > 0) return undefined;
  if (!index.namesPods)
    return 'Prometheus has series of proxies, but they do not name namespace and pod; scrape them with the PodMonitor of the Linkerd chart.';
  if (!up) return `Prometheus does not scrape the proxy of pod ${pod.name}.`;
  const admin = inboundPolicy(pod, proxyPorts.admin, policies, settings);
  return isOpenToScrapes(admin)
    ? `Prometheus cannot scrape the proxy of pod ${pod.name} (up is 0).`
    : `Prometheus is refused by the proxy of pod ${pod.name} (up is 0): the policy ${admin.server.name} of port ${proxyPorts.admin} lets in nobody without a mesh identity.`;
}

/** A route may let in whom the Server does not, and where there are routes, what none of them takes reaches nobody. */
function isOpenToScrapes({ authorizations, routes }: EffectivePolicy): boolean {
  return routes
    .filter(({ opens }) => opens?.includes('/metrics') ?? true)
    .some(route =>
      [...route.authorizations, ...authorizations].some(
        each => !needsIdentity(each),
      ),
    );
}

function workloadsOf(pods: readonly Pod[]): Proxies['workloads'] {
  const keys = {
    deployment: labelKeys.linkerdProxyDeployment,
    statefulset: labelKeys.linkerdProxyStatefulSet,
    daemonset: labelKeys.linkerdProxyDaemonSet,
  };
  return workloadLabels.flatMap(label => {
    const names = pods.flatMap(pod => pod.labels.get(keys[label]) ?? []);
    return [...new Set(names)].map(name => ({ label, name }));
  });
}

/** Probes come by a route of the mesh's own, or by one of ours that opens nothing else. */
function probesOf({ pods, index, settings }: TrafficSubject): IsProbe {
  const ofPorts = new Map<number, Set<string>>();
  const probeRoutesOf = (port: number) =>
    new Set(
      pods.flatMap(pod =>
        inboundPolicy(pod, port, index, settings)
          .routes.filter(
            route => route.kind !== 'default' && opensOnlyProbes(route, pod),
          )
          .map(({ kind, name }) => `${kind}/${name}`),
      ),
    );
  return (port, { kind, name }) => {
    if (kind === 'default') return name === 'probe';
    const routes = ofPorts.get(port) ?? probeRoutesOf(port);
    ofPorts.set(port, routes);
    return routes.has(`${kind}/${name}`);
  };
}

/** Ports that pods declare or name in their annotation, and that go around the proxy. */
function unseenPortsOf(pods: readonly Pod[]): string[] {
  const named = pods.flatMap(
    pod => parsePorts(pod.skipInboundPorts ?? '') ?? [],
  );
  const declared = pods.flatMap(pod =>
    pod.ports
      .filter(({ port, ofProxy }) => !ofProxy && bypassesProxy(pod, port))
      .filter(({ port }) => !inPorts(named, port))
      .map(({ port }) => ({ from: port, to: port })),
  );
  const ranges = [...named, ...declared].sort((a, b) => a.from - b.from);
  return [
    ...new Set(
      ranges.map(({ from, to }) => (from === to ? `${from}` : `${from}-${to}`)),
    ),
  ];
}
