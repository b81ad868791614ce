import { parsePorts, PortRange } from './portRanges';
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
  /** Inbound ports that bypass the proxy, where the init container says so. Without one, CNI reads the annotations. */
  bypassedPorts?: PortRange[];
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
  return {
    kind: native ? 'nativeSidecar' : 'sidecar',
    version: /:([^:/@]+)(?:@.*)?$/.exec(container.image ?? '')?.[1],
    ready: statuses.find(({ name }) => name === PROXY)?.ready ?? undefined,
    defaultInboundPolicy: environment.get(
      'LINKERD2_PROXY_INBOUND_DEFAULT_POLICY',
    ),
    identityDisabled: environment.has('LINKERD2_PROXY_IDENTITY_DISABLED'),
    bypassedPorts: bypassedPortsOf(
      pod.initContainers.find(({ name }) => name === INIT),
    ),
  };
}

function bypassedPortsOf(init: Container | undefined): PortRange[] | undefined {
  const args = init?.args ?? [];
  const at = args.indexOf('--inbound-ports-to-ignore');
  const text = at < 0 ? undefined : args[at + 1];
  return text === undefined ? undefined : parsePorts(text);
}
