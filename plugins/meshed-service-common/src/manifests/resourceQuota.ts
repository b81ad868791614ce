import { kinds, names, type KubernetesObject } from '../model';
import type { MeshedServiceSpec, Quota } from '../spec';
import { ownedMetadata } from './metadata';

/** How much the namespace may use altogether. */
export function renderResourceQuota(
  spec: MeshedServiceSpec,
  quota: Quota,
): KubernetesObject {
  return {
    ...kinds.ResourceQuota,
    metadata: ownedMetadata(spec, names.resourceQuota(spec)),
    spec: {
      hard: {
        pods: String(quota.pods),
        'requests.cpu': quota.cpu,
        'requests.memory': quota.memory,
        'limits.memory': quota.memory,
      },
    },
  };
}
