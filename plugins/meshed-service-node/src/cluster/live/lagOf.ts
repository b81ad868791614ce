import type { KubernetesObject } from '@meshway/plugin-meshed-service-common';
import { fields } from './watchEvent';

/**
 * @returns how many seconds lie between the newest time that an object bears and now; undefined when it bears none.
 * API servers write whole seconds, so that up to one of them is theirs; and two clocks are compared.
 */
export function lagOf(
  { metadata }: KubernetesObject,
  now: number,
): number | undefined {
  const { managedFields, creationTimestamp, deletionTimestamp } = metadata;
  const times = [
    creationTimestamp,
    // A deletion with a grace period bears the time of its end.
    ...(deletionTimestamp === undefined ? [] : [undefined]),
    ...(Array.isArray(managedFields)
      ? managedFields.map(entry => fields(entry).time)
      : []),
  ]
    .map(time => (typeof time === 'string' ? Date.parse(time) : NaN))
    .filter(time => !Number.isNaN(time));
  if (times.length === 0) return undefined;
  return Math.max(0, (now - Math.max(...times)) / 1000);
}
