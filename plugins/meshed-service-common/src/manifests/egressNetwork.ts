import { kinds, names, type KubernetesObject, type Platform } from '../model';
import type { Egress, MeshedServiceSpec } from '../spec';
import { ownedMetadata } from './metadata';
import { everythingExcept } from './networks';

/**
 * What the proxies do with traffic that leaves the cluster. Cluster networks are left out, or it would be enforced on
 * traffic inside the cluster, too (though its status says that it was not accepted).
 */
export function renderEgressNetwork(
  spec: MeshedServiceSpec,
  egress: Egress,
  platform: Platform,
): KubernetesObject {
  return {
    ...kinds.EgressNetwork,
    metadata: ownedMetadata(spec, names.egressNetwork(spec)),
    spec: {
      networks: everythingExcept([
        ...platform.mesh.clusterNetworks,
        ...egress.allow.map(({ cidr }) => cidr),
      ]),
      trafficPolicy: egress.trafficPolicy,
    },
  };
}
