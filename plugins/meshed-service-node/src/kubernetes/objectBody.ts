import { sentence } from '../http';
import type { KubernetesObject } from '@meshway/plugin-meshed-service-common';
import { ObjectTooLargeError } from './errors';

const LARGEST_OBJECT = 1_400_000;

/**
 * @returns an object as it is sent; JSON is YAML, too.
 * @throws ObjectTooLargeError for more than a cluster would store, before anything is sent.
 */
export function bodyOf(object: KubernetesObject, attempted: string): string {
  const body = JSON.stringify(object);
  const size = Buffer.byteLength(body);
  if (size > LARGEST_OBJECT)
    throw new ObjectTooLargeError(
      `${sentence(
        attempted,
      )} The object has ${size} bytes, and a cluster stores at most ${LARGEST_OBJECT}. Make it smaller.`,
    );
  return body;
}
