import { parsePorts, PortRange } from './portRanges';
import { parseSubnets } from './subnets';
import { proxyInitArguments } from '../../model';
import { trustAnchorsIn } from '../trust';
import type { Container, ContainerStatus } from './podSchema';

/**
 * The proxy of a pod, as it was injected and as it runs.
 *
 * @public
 */
export type Proxy = {
  kind: 'sidecar' | 'nativeSidecar';
  version?: string;
  /** Undefined when no status was seen. A proxy without a certificate is not ready. */
  ready?: boolean;
  /** The inbound default that the injector wrote: of the pod's annotation, else of the installation. */
  defaultInboundPolicy?: string;
  identityDisabled: boolean;
  /** Its name in the mesh, as it was told to ask for: `$(_pod_sa)` and `$(_pod_ns)` stand for ServiceAccount and namespace. */
  identity?: string;
  /** The certificates that it was told to trust; undefined where the pod does not spell them out. */
  trustAnchors?: readonly string[];
  /** Everything else in the pod has ended, and the proxy keeps it alive: a job with an ordinary sidecar. */
  outlivesPod?: true;
  /** Inbound ports that bypass the proxy, where the init container says so. Without one, CNI reads the annotations. */
  bypassedPorts?: PortRange[];
  /** Ports of others that are called around the proxy, where the init container says so. */
  skippedOutboundPorts?: PortRange[];
  /** Networks whose connections go around the proxy, as the init container was told. Without one, CNI reads the annotation. */
  skippedSubnets?: string[];
};

const PROXY = 'linkerd-proxy';
const INIT = 'linkerd-init';

/**
 * @returns the proxy, or undefined when no container is one.
 */
export function proxyOf(pod: {
  containers: readonly Container[];
  initContainers: readonly Container[];
  containerStatuses: readonly ContainerStatus[];
  initContainerStatuses: readonly ContainerStatus[];
}): Proxy | undefined {
  const native = pod.initContainers.find(
    ({ name, restartPolicy }) => name === PROXY && restartPolicy === 'Always',
  );
  const container = native ?? pod.containers.find(({ name }) => name === PROXY);
  if (!container) return undefined;

  const statuses = native ? pod.initContainerStatuses : pod.containerStatuses;
  const environment = new Map(
    (container.env ?? []).map(({ name, value }) => [name, value ?? '']),
  );
  const init = pod.initContainers.find(({ name }) => name === INIT);
  return {
    kind: native ? 'nativeSidecar' : 'sidecar',
    version: /:([^:/@]+)(?:@.*)?$/.exec(container.image ?? '')?.[1],
    ready: statuses.find(({ name }) => name === PROXY)?.ready ?? undefined,
    defaultInboundPolicy: environment.get(
      'LINKERD2_PROXY_INBOUND_DEFAULT_POLICY',
    ),
    identityDisabled: environment.has('LINKERD2_PROXY_IDENTITY_DISABLED'),
    identity: environment.get('LINKERD2_PROXY_IDENTITY_LOCAL_NAME'),
    ...trustOf(environment.get('LINKERD2_PROXY_IDENTITY_TRUST_ANCHORS')),
    ...(outlivesPod(pod) && !native ? { outlivesPod: true } : {}),
    bypassedPorts: portsOf(init, proxyInitArguments.inboundPorts),
    skippedOutboundPorts: portsOf(init, proxyInitArguments.outboundPorts),
    ...subnetsOf(init),
  };
}

/** Anchors that come from elsewhere (`valueFrom`) are not written into the pod: nothing is known of them then. */
function trustOf(text: string | undefined): Pick<Proxy, 'trustAnchors'> {
  const trustAnchors = trustAnchorsIn(text ?? '');
  return trustAnchors.length > 0 ? { trustAnchors } : {};
}

function outlivesPod(pod: {
  containerStatuses: readonly ContainerStatus[];
}): boolean {
  const others = pod.containerStatuses.filter(({ name }) => name !== PROXY);
  const ended = ({ state }: ContainerStatus) => Boolean(state?.terminated);
  return (
    others.length > 0 &&
    others.every(ended) &&
    pod.containerStatuses.some(each => each.name === PROXY && !ended(each))
  );
}

function portsOf(
  init: Container | undefined,
  argument: string,
): PortRange[] | undefined {
  const text = init && argumentOf(init, argument);
  return text === undefined ? undefined : parsePorts(text);
}

/** The injector leaves the argument out where there are none; what is written on the pod afterwards changes nothing. */
function subnetsOf(init: Container | undefined): Pick<Proxy, 'skippedSubnets'> {
  if (!init) return {};
  const text = argumentOf(init, proxyInitArguments.subnets) ?? '';
  return { skippedSubnets: parseSubnets(text) };
}

function argumentOf({ args }: Container, argument: string): string | undefined {
  const at = args?.indexOf(argument) ?? -1;
  return at < 0 ? undefined : args?.[at + 1];
}
