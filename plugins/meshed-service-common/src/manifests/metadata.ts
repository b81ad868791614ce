import {
  names,
  ownershipAnnotations,
  ownershipLabels,
  type KubernetesObject,
} from '../model';
import type { MeshedServiceSpec } from '../spec';

/** Metadata of an object in the namespace of the service. */
export function ownedMetadata(
  spec: MeshedServiceSpec,
  name: string,
): KubernetesObject['metadata'] {
  return {
    name,
    namespace: names.namespace(spec),
    labels: ownershipLabels(spec),
    annotations: ownershipAnnotations(spec),
  };
}
