import {
  kinds,
  names,
  ownershipAnnotations,
  ownershipLabels,
  repositoryUrl,
  type KubernetesObject,
  type Platform,
} from '../model';
import type { MeshedServiceSpec } from '../spec';

/** Argo CD deploys the team's files; the backend has written everything else. Deletion waits for what it deployed. */
export function renderArgoApplication(
  spec: MeshedServiceSpec,
  platform: Platform,
): KubernetesObject {
  const { delivery } = spec;
  return {
    ...kinds.Application,
    metadata: {
      name: names.argoApplication(spec),
      namespace: platform.argocd.namespace,
      labels: ownershipLabels(spec),
      annotations: ownershipAnnotations(spec),
      finalizers: ['resources-finalizer.argocd.argoproj.io/foreground'],
    },
    spec: {
      project: delivery.project,
      source: {
        repoURL: repositoryUrl(platform, delivery.repository),
        targetRevision: delivery.revision,
        path: delivery.path,
      },
      destination: {
        server: platform.argocd.destinationServer,
        namespace: names.namespace(spec),
      },
      syncPolicy: {
        automated: { prune: true, selfHeal: true },
        syncOptions: ['FailOnSharedResource=true'],
      },
    },
  };
}
