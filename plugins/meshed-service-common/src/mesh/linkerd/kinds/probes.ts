import type { Container } from '../../injection/podSchema';
import { uriPath } from './uriPath';
import type { Workload } from './Workload';

/** @returns the TCP ports of a container. Whether a port has a name is up to its author. */
export function tcpPortsOf(container: Container): Workload['ports'][number][] {
  return (container.ports ?? [])
    .filter(({ protocol }) => (protocol ?? 'TCP').toUpperCase() === 'TCP')
    .map(({ name, containerPort }) => ({
      ...(name ? { name } : {}),
      port: containerPort,
      ofProxy: container.name === 'linkerd-proxy',
    }));
}

/**
 * @returns what the kubelet asks a container by HTTP, also over HTTPS: those paths the mesh keeps open. A probe that names a
 *   port of another container has none.
 */
export function httpProbesOf(
  container: Container,
): Workload['httpProbes'][number][] {
  const probes = [
    container.livenessProbe,
    container.readinessProbe,
    container.startupProbe,
  ];
  return probes.flatMap(probe => {
    if (!probe?.httpGet) return [];
    const port = portOf(probe.httpGet.port, container);
    const path = uriPath(probe.httpGet.path ?? '/');
    return port === undefined || path === undefined ? [] : [{ port, path }];
  });
}

function portOf(
  port: number | string,
  container: Container,
): number | undefined {
  if (typeof port === 'number') {
    return Number.isInteger(port) && port > 0 && port < 65536
      ? port
      : undefined;
  }
  const wanted = port.toLowerCase();
  return tcpPortsOf(container).find(
    ({ name }) => name?.toLowerCase() === wanted,
  )?.port;
}
