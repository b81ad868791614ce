import { sentence } from '../http';
import type { KubernetesObject } from '@meshway/plugin-meshed-service-common';
import { UnexpectedAnswerError } from './errors';
import type { ObservedKubernetesObject } from './Kubernetes';

/**
 * @returns an object of an answer. Who manages which field is left out: it is half of an object's size, and conflicts
 *   name the managers that matter.
 * @throws UnexpectedAnswerError when it is no object.
 */
export function observed(
  value: unknown,
  attempted: string,
  of: { apiVersion?: string; kind?: string } = {},
): ObservedKubernetesObject {
  const object = fields(value);
  const { managedFields: _, ...metadata } = fields(object.metadata);
  const { apiVersion = of.apiVersion, kind = of.kind } = object;
  const { name, uid, resourceVersion } = metadata;
  if (
    typeof apiVersion !== 'string' ||
    typeof kind !== 'string' ||
    typeof name !== 'string' ||
    typeof uid !== 'string' ||
    typeof resourceVersion !== 'string'
  )
    throw new UnexpectedAnswerError(
      `${sentence(
        attempted,
      )} The API server answered with something that is no object. Check the address of the cluster.`,
    );
  return {
    ...object,
    apiVersion,
    kind,
    metadata: { ...metadata, name, uid, resourceVersion },
  };
}

/** Whether an object carries every label and annotation of a record. */
export function carries(
  object: KubernetesObject,
  record: KubernetesObject,
): boolean {
  return (['labels', 'annotations'] as const).every(place =>
    Object.entries(record.metadata[place] ?? {}).every(
      ([key, value]) => object.metadata[place]?.[key] === value,
    ),
  );
}

function fields(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
