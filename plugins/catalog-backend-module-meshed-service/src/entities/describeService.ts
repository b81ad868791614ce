import { ANNOTATION_VIEW_URL, Entity } from '@backstage/catalog-model';
import {
  annotations,
  formatServiceRef,
  names,
  serviceRefOf,
  Stamp,
  workloadLabels,
} from '@meshway/plugin-meshed-service-common';
import type { Source } from './Sources';

/**
 * What the ecosystem's plugins need to find a service: Kubernetes, Argo CD, Vault, source and docs. Taken from the
 * stamp alone, so an edit by hand cannot point the entity at somebody else's service.
 */
export function describeService(
  entity: Entity,
  stamp: Stamp,
  source: Source,
): Entity {
  const { spec, status } = stamp;
  const selector = Object.entries(workloadLabels(spec))
    .map(([key, value]) => `${key}=${value}`)
    .join(',');
  return {
    ...entity,
    metadata: {
      ...entity.metadata,
      annotations: {
        ...withoutOurs(entity.metadata.annotations),
        [annotations.service]: formatServiceRef(serviceRefOf(spec)),
        [annotations.backstageKubernetesId]: spec.name,
        [annotations.backstageKubernetesNamespace]: names.namespace(spec),
        [annotations.backstageKubernetesCluster]: spec.cluster,
        [annotations.backstageKubernetesLabelSelector]: selector,
        [annotations.argocdAppName]: names.argoApplication(spec),
        ...(spec.secrets.delivery === 'none'
          ? {}
          : { [annotations.vaultSecretsPath]: names.vaultPath(spec) }),
        [annotations.backstageTemplateVersion]: status.template.version,
        [annotations.backstageSourceTemplate]: status.template.ref,
        [annotations.backstageSourceLocation]: `url:${source.folder}`,
        [ANNOTATION_VIEW_URL]: source.file('catalog-info.yaml'),
      },
      links: [
        ...(entity.metadata.links ?? []).filter(
          ({ url }) => url !== source.html,
        ),
        { url: source.html, title: 'Repository' },
      ],
    },
  };
}

/** An entity of a service's repository that is not the service itself may not speak for one. */
export function describeOther(entity: Entity): Entity {
  const { [annotations.service]: _, ...rest } =
    entity.metadata.annotations ?? {};
  return { ...entity, metadata: { ...entity.metadata, annotations: rest } };
}

const ours: ReadonlySet<string> = new Set([
  annotations.service,
  annotations.backstageKubernetesId,
  annotations.backstageKubernetesNamespace,
  annotations.backstageKubernetesCluster,
  annotations.backstageKubernetesLabelSelector,
  annotations.argocdAppName,
  annotations.vaultSecretsPath,
]);

function withoutOurs(
  written: Record<string, string> | undefined,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(written ?? {}).filter(([key]) => !ours.has(key)),
  );
}
