import type { KubernetesObject } from '../../../model';
import { annotations, labels as labelKeys, proxyPorts } from '../../../model';
import {
  inPorts,
  parsePorts,
  PortRange,
  Proxy,
  proxyOf,
} from '../../injection';
import { podSpecSchema, podStatusSchema } from '../../injection/podSchema';
import {
  originOf,
  Owner,
  ownerOf,
  readSpec,
  textsOf,
  Unreadable,
} from '../../readable';
import { httpProbesOf, tcpPortsOf } from './probes';
import { proxySettingsIn, settingsIn, Workload } from './Workload';

/**
 * The parts of a pod that can change an answer about it.
 *
 * @public
 */
export type Pod = Workload & {
  kind: 'Pod';
  serviceAccount: string;
  /** Its container and nothing else proves a proxy. */
  proxy: Proxy | undefined;
  hostNetwork: boolean;
  /** Pending, Running, Succeeded, Failed; undefined when no status was seen. */
  phase: string | undefined;
  deleting: boolean;
  bypassedPorts: readonly PortRange[];
  /** The annotation names ports beyond those that always bypass. */
  skipInboundPorts: string | undefined;
  /** Ports of others that it calls around its own proxy. */
  skippedOutboundPorts: readonly PortRange[];
  addresses: readonly string[];
  trustRoot: string | undefined;
  /** What controls it; its own chain of owners goes on there. */
  owner: Owner | undefined;
  /** As written: `enabled`, `ingress`, `disabled`, or absent. */
  inject: string | undefined;
  /** Settings of the proxy, as they were when the pod was created: its own, and those of its namespace. */
  proxySettings: ReadonlyMap<string, string>;
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
  const skipInboundPorts = written.get(annotations.linkerdSkipInboundPorts);
  const proxy = proxyOf({
    containers: spec.containers,
    initContainers,
    containerStatuses: status.containerStatuses ?? [],
    initContainerStatuses: status.initContainerStatuses ?? [],
  });
  return {
    ...originOf(object),
    ...settingsIn(written),
    kind: 'Pod',
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
    injectedInboundPolicy: proxy?.defaultInboundPolicy,
    bypassedPorts: [
      ...alwaysBypassed,
      ...(proxy?.bypassedPorts ?? parsePorts(skipInboundPorts ?? '') ?? []),
    ],
    skipInboundPorts,
    skippedOutboundPorts:
      proxy?.skippedOutboundPorts ??
      parsePorts(written.get(annotations.linkerdSkipOutboundPorts) ?? '') ??
      [],
    addresses: (status.podIPs ?? []).map(({ ip }) => ip),
    trustRoot: written.get(annotations.linkerdTrustRoot),
    owner: ownerOf(object),
    inject: written.get(annotations.linkerdInject),
    proxySettings: proxySettingsIn(written),
  };
}

/**
 * @returns whether a workload is a pod.
 *
 * @public
 */
export function isPod(workload: Workload): workload is Pod {
  return workload.kind === 'Pod';
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
