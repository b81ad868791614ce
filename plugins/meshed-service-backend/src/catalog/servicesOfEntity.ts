import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import {
  annotations,
  LabelSelector,
  labels,
  parseServiceRef,
  ServiceRef,
} from '@meshway/plugin-meshed-service-common';
import { parseLabelSelector } from './parseLabelSelector';

/** A service that an entity of the catalog stands for, and which of the namespace's pods are its own. */
export type AnnotatedService = {
  service: ServiceRef;
  entityRef: string;
  /** Absent when they are found by the name of the service. */
  selector?: LabelSelector;
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

  const namespace = said[annotations.backstageKubernetesNamespace];
  const id = said[annotations.backstageKubernetesId];
  const text = said[annotations.backstageKubernetesLabelSelector];
  const selector = text === undefined ? byId(id) : parseLabelSelector(text);
  if (!namespace || !selector) return [];
  const cluster = said[annotations.backstageKubernetesCluster];
  return (cluster ? [cluster] : clusters)
    .map(each => ({
      cluster: each,
      namespace,
      name: id ?? entity.metadata.name.toLocaleLowerCase('en-US'),
    }))
    .filter(isNamed)
    .map(service => ({ service, entityRef, selector }));
}

const byId = (id: string | undefined): LabelSelector | undefined =>
  id
    ? { labels: [[labels.backstageKubernetesId, id]], expressions: [] }
    : undefined;

const isNamed = ({ cluster, namespace, name }: ServiceRef) =>
  [cluster, namespace, name].every(part => kubernetesName.test(part));
