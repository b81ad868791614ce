import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import {
  annotations,
  catalogSelection,
  LabelSelector,
  parseServiceRef,
  ServiceRef,
} from '@meshway/plugin-meshed-service-common';

/** A service that an entity of the catalog stands for, and which of the namespace's pods are its own. */
export type AnnotatedService = {
  service: ServiceRef;
  entityRef: string;
  /** Absent when they are found by the name of the service. */
  selection?: LabelSelector;
};

const kubernetesName = /^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$/;

/**
 * Our own annotation names the service; else Backstage's annotations for Kubernetes do. An entity that names no namespace stands
 * for nothing here: looking for its pods everywhere could take another team's for its own.
 *
 * @param clusters - names of all clusters: an entity that names none runs in each of them.
 */
export function servicesOfEntity(
  entity: Entity,
  clusters: readonly string[],
): AnnotatedService[] {
  const entityRef = stringifyEntityRef(entity);
  const said = entity.metadata.annotations ?? {};
  const own = parseServiceRef(said[annotations.service] ?? '');
  if (own) return isNamed(own) ? [{ service: own, entityRef }] : [];

  const { namespace, selection } = catalogSelection(said) ?? {};
  if (!namespace || !selection) return [];
  const cluster = said[annotations.backstageKubernetesCluster];
  return (cluster ? [cluster] : clusters)
    .map(each => ({
      cluster: each,
      namespace,
      name:
        said[annotations.backstageKubernetesId] ||
        entity.metadata.name.toLocaleLowerCase('en-US'),
    }))
    .filter(isNamed)
    .map(service => ({ service, entityRef, selection }));
}

const isNamed = ({ cluster, namespace, name }: ServiceRef) =>
  [cluster, namespace, name].every(part => kubernetesName.test(part));
