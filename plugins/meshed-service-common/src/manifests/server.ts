import {
  kinds,
  names,
  phasePolicy,
  workloadLabels,
  type KubernetesObject,
} from '../model';
import type { MeshedServiceSpec, ServicePort } from '../spec';
import { ownedMetadata } from './metadata';

/** Claims one port for policy. By the name of the container port: a number would match undeclared ports, too. */
export function renderServer(
  spec: MeshedServiceSpec,
  port: ServicePort,
): KubernetesObject {
  return {
    ...kinds.Server,
    metadata: ownedMetadata(spec, names.server(spec, port)),
    spec: {
      podSelector: { matchLabels: workloadLabels(spec) },
      port: port.name,
      proxyProtocol: port.protocol,
      accessPolicy: phasePolicy[spec.phase],
    },
  };
}
