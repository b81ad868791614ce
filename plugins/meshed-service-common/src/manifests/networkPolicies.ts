import {
  kinds,
  names,
  proxyPorts,
  workloadLabels,
  type KubernetesObject,
} from '../model';
import type { MeshedServiceSpec } from '../spec';
import { ownedMetadata } from './metadata';

/** Ingress to the proxy, always: traffic of meshed peers, tap, probes and metrics. Who may is Linkerd's decision. */
export function renderMeshNetworkPolicy(
  spec: MeshedServiceSpec,
): KubernetesObject {
  return ingress(spec, names.meshNetworkPolicy(spec), [
    proxyPorts.inbound,
    proxyPorts.tap,
    proxyPorts.admin,
  ]);
}

/** Ingress to the service's own ports, as long as clients without a proxy are let in: they do not come by 4143. */
export function renderPortsNetworkPolicy(
  spec: MeshedServiceSpec,
): KubernetesObject {
  return ingress(
    spec,
    names.portsNetworkPolicy(spec),
    spec.ports.map(({ port }) => port),
  );
}

function ingress(
  spec: MeshedServiceSpec,
  name: string,
  ports: number[],
): KubernetesObject {
  return {
    ...kinds.NetworkPolicy,
    metadata: ownedMetadata(spec, name),
    spec: {
      podSelector: { matchLabels: workloadLabels(spec) },
      policyTypes: ['Ingress'],
      ingress: [{ ports: ports.map(port => ({ port, protocol: 'TCP' })) }],
    },
  };
}
