import type { KubernetesObject } from '../model';
import { annotations, labels } from '../model';
import { Origin, originOf, textsOf } from '../mesh/readable';

/**
 * The parts of a Namespace that decide what becomes of new pods in it.
 *
 * @public
 */
export type Namespace = Origin & {
  /** `enabled`, `ingress`, `disabled`, or absent. */
  inject: string | undefined;
  /** Copied to pods when they are created. */
  defaultInboundPolicy: string | undefined;
  /** Name of the service that the namespace was made for. */
  service: string | undefined;
};

/** @returns the narrow form; every Namespace has one. */
export function namespaceFromKubernetes(object: KubernetesObject): Namespace {
  const written = textsOf(object.metadata.annotations);
  return {
    ...originOf(object),
    namespace: object.metadata.name,
    inject: written.get(annotations.linkerdInject),
    defaultInboundPolicy: written.get(annotations.linkerdDefaultInboundPolicy),
    service: textsOf(object.metadata.labels).get(labels.service),
  };
}
