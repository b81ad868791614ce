import { kinds, type KubernetesObject } from '../model';
import type { MeshedServiceSpec } from '../spec';
import { ownedMetadata } from './metadata';

/** Whoever comes from these networks, with or without an identity: only for probes and metrics. */
export function renderNetworkAuthentication(
  spec: MeshedServiceSpec,
  name: string,
  networks: readonly string[],
): KubernetesObject {
  return {
    ...kinds.NetworkAuthentication,
    metadata: ownedMetadata(spec, name),
    spec: { networks: networks.map(cidr => ({ cidr })) },
  };
}
