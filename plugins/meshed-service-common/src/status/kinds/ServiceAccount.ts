import type { KubernetesObject } from '../../model';
import { Origin, originOf } from '../../mesh/readable';

/**
 * Who pods are. Nothing but its existence is looked at.
 *
 * @public
 */
export type ServiceAccount = Origin;

/** @returns the narrow form; every ServiceAccount has one. */
export function serviceAccountFromKubernetes(
  object: KubernetesObject,
): ServiceAccount {
  return originOf(object);
}
