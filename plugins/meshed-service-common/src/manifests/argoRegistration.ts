import {
  annotations,
  formatServiceRef,
  kinds,
  names,
  ownershipAnnotations,
  repositoryUrl,
  serviceRefOf,
  type KubernetesObject,
  type Platform,
} from '../model';
import type { MeshedServiceSpec } from '../spec';

/** What the platform's ApplicationSet makes an application of, and the claim on the name. A payload: it is a file. */
export function renderArgoRegistration(
  spec: MeshedServiceSpec,
  platform: Platform,
): KubernetesObject {
  const { delivery } = spec;
  return {
    ...kinds.ArgoRegistration,
    metadata: {
      name: names.argoApplication(spec),
      namespace: names.namespace(spec),
      annotations: {
        ...ownershipAnnotations(spec),
        [annotations.claim]: formatServiceRef(serviceRefOf(spec)),
      },
    },
    spec: {
      cluster: spec.cluster,
      namespace: names.namespace(spec),
      service: spec.name,
      owner: spec.owner,
      project: delivery.project,
      repository: delivery.repository,
      repositoryUrl: repositoryUrl(platform, delivery.repository),
      path: delivery.path,
      revision: delivery.revision,
    },
  };
}
