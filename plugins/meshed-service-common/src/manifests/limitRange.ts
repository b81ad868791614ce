import { kinds, names, proxyResources, type KubernetesObject } from '../model';
import type { MeshedServiceSpec } from '../spec';
import { ownedMetadata } from './metadata';

/**
 * What a container gets that names no resources. A quota refuses pods with such a container, and the injected proxy is
 * one unless the platform sets its resources.
 */
export function renderLimitRange(spec: MeshedServiceSpec): KubernetesObject {
  return {
    ...kinds.LimitRange,
    metadata: ownedMetadata(spec, names.limitRange(spec)),
    spec: {
      limits: [
        {
          type: 'Container',
          defaultRequest: proxyResources.requests,
          default: proxyResources.limits,
        },
      ],
    },
  };
}
