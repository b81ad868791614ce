import {
  annotations,
  kinds,
  labels,
  names,
  ownershipAnnotations,
  ownershipLabels,
  phasePolicy,
  type KubernetesObject,
  type Platform,
} from '../model';
import type { MeshedServiceSpec } from '../spec';

/** The namespace, which is also the claim on its name: injection, default inbound policy, Pod Security. */
export function renderNamespace(
  spec: MeshedServiceSpec,
  platform: Platform,
): KubernetesObject {
  return {
    ...kinds.Namespace,
    metadata: {
      name: names.namespace(spec),
      labels: {
        ...ownershipLabels(spec),
        // Without linkerd-cni every pod gets an init container with NET_ADMIN, which only `privileged` admits.
        [labels.podSecurityEnforce]: platform.mesh.cni
          ? 'restricted'
          : 'privileged',
        [labels.podSecurityWarn]: 'restricted',
        [labels.podSecurityAudit]: 'restricted',
      },
      annotations: {
        ...ownershipAnnotations(spec),
        [annotations.linkerdInject]: 'enabled',
        [annotations.linkerdDefaultInboundPolicy]: phasePolicy[spec.phase],
        // With the namespace everything in it would go, whoever it belongs to: retirement looks first.
        ...(spec.delivery.mode === 'gitops'
          ? { [annotations.argocdSyncOptions]: 'Prune=false,Delete=false' }
          : {}),
      },
    },
  };
}
