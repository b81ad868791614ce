import { kinds, names, type KubernetesObject } from '../model';
import type { MeshedServiceSpec } from '../spec';
import { ownedMetadata } from './metadata';

/**
 * The identity of the service. Its API token is not mounted: proxy and Vault agent bring projected tokens of their own,
 * with their own audiences. A workload that talks to the Kubernetes API asks for one in its pod template.
 */
export function renderServiceAccount(
  spec: MeshedServiceSpec,
): KubernetesObject {
  return {
    ...kinds.ServiceAccount,
    metadata: ownedMetadata(spec, names.serviceAccount(spec)),
    automountServiceAccountToken: false,
  };
}
