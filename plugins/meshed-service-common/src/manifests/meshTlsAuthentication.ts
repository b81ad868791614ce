import { kinds, names, type KubernetesObject } from '../model';
import type { Client, MeshedServiceSpec } from '../spec';
import { ownedMetadata } from './metadata';

/** The clients of the service, where a port follows them, and those of each port that has a list of its own. */
export function renderMeshTlsAuthentications(
  spec: MeshedServiceSpec,
): KubernetesObject[] {
  const shared = spec.ports.some(port => port.clients === undefined);
  return [
    ...(shared && spec.clients.length > 0
      ? [authentication(spec, names.clients(spec), spec.clients)]
      : []),
    ...spec.ports.flatMap(port =>
      port.clients && port.clients.length > 0
        ? [authentication(spec, names.portClients(spec, port), port.clients)]
        : [],
    ),
  ];
}

function authentication(
  spec: MeshedServiceSpec,
  name: string,
  clients: readonly Client[],
): KubernetesObject {
  return {
    ...kinds.MeshTLSAuthentication,
    metadata: ownedMetadata(spec, name),
    spec: { identityRefs: clients.map(identityRef) },
  };
}

function identityRef(client: Client) {
  return 'serviceAccount' in client && client.serviceAccount !== undefined
    ? {
        kind: kinds.ServiceAccount.kind,
        name: client.serviceAccount,
        namespace: client.namespace,
      }
    : { kind: kinds.Namespace.kind, name: client.namespace };
}
