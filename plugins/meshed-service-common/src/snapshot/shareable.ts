import type { KubernetesObject } from '../model';
import { keep } from './keep';
import { keptOf } from './keptOf';

/**
 * @returns an object with nothing but what answers rest on: the same answers, and no secret.
 *
 * @public
 */
export function shareable(object: KubernetesObject): KubernetesObject {
  return keep(object, keptOf(object.kind)) as KubernetesObject;
}
