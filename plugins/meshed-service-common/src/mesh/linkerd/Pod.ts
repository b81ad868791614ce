import type { KubernetesObject } from '../../model';
import { annotations, labels as labelKeys, proxyPorts } from '../../model';
import { inPorts, parsePorts, PortRange, Proxy, proxyOf } from '../injection';
import {
  Container,
  podSpecSchema,
  podStatusSchema,
} from '../injection/podSchema';
import { originOf, Origin, readSpec, textsOf, Unreadable } from '../readable';

/**
 * The parts of a pod that can change an answer about it.
 *
 * @public
 */
export type Pod = Origin & {
  labels: ReadonlyMap<string, string>;
  serviceAccount: string;
  /** Its container and nothing else proves a proxy. */
  proxy: Proxy | undefined;
  /** The policy controller knows every pod that carries its label, injected or not, and no other. */
  known: boolean;
  hostNetwork: boolean;
  /** Pending, Running, Succeeded, Failed; undefined when no status was seen. */
  phase: string | undefined;
  ready: boolean;
  deleting: boolean;
  /** TCP ports of the containers that are not the proxy's, by which Servers may name them. */
  ports: ReadonlyArray<{ name?: string; port: number; ofProxy: boolean }>;
  /** What the kubelet asks by HTTP. */
  httpProbes: ReadonlyArray<{ port: number; path: string }>;
  /** As written; the mesh ignores what it does not know. */
  defaultInboundPolicy: string | undefined;
  bypassedPorts: readonly PortRange[];
  /** The annotation names ports beyond those that always bypass. */
  skipInboundPorts: string | undefined;
  opaquePorts: readonly PortRange[];
  identityRequiredPorts: readonly PortRange[];
  trustRoot: string | undefined;
};

/** The proxy's own: never redirected. */
const alwaysBypassed = [{ from: proxyPorts.tap, to: proxyPorts.admin }];

/**
 * @returns the pod, or why nothing can be said about it.
 *
 * @public
 */
export function podFromKubernetes(object: KubernetesObject): Pod | Unreadable {
  const read = readSpec(object, podSpecSchema);
  if ('unreadable' in read) return read.unreadable;
  const statusRead = podStatusSchema.safeParse(object.status ?? {});
  const status = statusRead.success ? statusRead.data : {};
  const { spec } = read;
  const initContainers = spec.initContainers ?? [];
  const containers = [...initContainers, ...spec.containers];
  const written = textsOf(object.metadata.annotations);
  const labels = textsOf(object.metadata.labels);
  const proxy = proxyOf({
    containers: spec.containers,
    initContainers,
    containerStatuses: status.containerStatuses ?? [],
    initContainerStatuses: status.initContainerStatuses ?? [],
  });
  const portsIn = (key: string) => parsePorts(written.get(key) ?? '') ?? [];
  return {
    ...originOf(object),
    labels,
    serviceAccount: spec.serviceAccountName ?? 'default',
    proxy,
    known: labels.has(labelKeys.linkerdControlPlaneNamespace),
    hostNetwork: spec.hostNetwork ?? false,
    phase: status.phase ?? undefined,
    ready: (status.conditions ?? []).some(
      each => each.type === 'Ready' && each.status === 'True',
    ),
    deleting: object.metadata.deletionTimestamp !== undefined,
    ports: containers.flatMap(tcpPortsOf),
    httpProbes: containers.flatMap(httpProbesOf),
    defaultInboundPolicy: written.get(annotations.linkerdDefaultInboundPolicy),
    bypassedPorts: [
      ...alwaysBypassed,
      ...(proxy?.bypassedPorts ?? portsIn(annotations.linkerdSkipInboundPorts)),
    ],
    skipInboundPorts: written.get(annotations.linkerdSkipInboundPorts),
    opaquePorts: portsIn(annotations.linkerdOpaquePorts),
    identityRequiredPorts: portsIn(annotations.linkerdRequireIdentityPorts),
    trustRoot: written.get(annotations.linkerdTrustRoot),
  };
}

/**
 * @returns whether a pod has ended, so that no traffic can reach it any more.
 *
 * @public
 */
export function hasEnded(pod: Pod): boolean {
  return pod.phase === 'Succeeded' || pod.phase === 'Failed';
}

/**
 * @returns whether traffic to a port goes around the proxy.
 *
 * @public
 */
export function bypassesProxy(pod: Pod, port: number): boolean {
  return inPorts(pod.bypassedPorts, port);
}

function tcpPortsOf(container: Container): Pod['ports'][number][] {
  return (container.ports ?? [])
    .filter(({ protocol }) => (protocol ?? 'TCP') === 'TCP')
    .map(({ name, containerPort }) => ({
      ...(name ? { name } : {}),
      port: containerPort,
      ofProxy: container.name === 'linkerd-proxy',
    }));
}

function httpProbesOf(container: Container): Pod['httpProbes'][number][] {
  const probes = [
    container.livenessProbe,
    container.readinessProbe,
    container.startupProbe,
  ];
  return probes.flatMap(probe => {
    if (!probe?.httpGet) return [];
    const { path, port } = probe.httpGet;
    const number =
      typeof port === 'number'
        ? port
        : tcpPortsOf(container).find(({ name }) => name === port)?.port;
    return number === undefined
      ? []
      : [{ port: number, path: (path ?? '/').split('?')[0] }];
  });
}
