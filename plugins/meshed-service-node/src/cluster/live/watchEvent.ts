import type { KubernetesObject } from '@meshway/plugin-meshed-service-common';
import { failed } from './Ending';

/** One line of a watch, as far as its shape is certain. */
export type WatchEvent =
  | {
      type: 'ADDED' | 'MODIFIED' | 'DELETED';
      object: KubernetesObject;
      resourceVersion: string;
    }
  | { type: 'BOOKMARK'; resourceVersion: string; endsInitialEvents: boolean }
  | { type: 'ERROR'; status: number; text: string };

/**
 * @returns what a line says.
 * @throws Interruption for anything that no API server sends: whoever sent it may have lost more.
 */
export function watchEventFrom(line: string): WatchEvent {
  const { type, object } = fields(parsed(line));
  if (type === 'ERROR') {
    const { code } = fields(object);
    return {
      type,
      status: typeof code === 'number' ? code : 500,
      text: JSON.stringify(object ?? {}),
    };
  }
  const { metadata } = fields(object);
  const { name, resourceVersion, annotations } = fields(metadata);
  if (typeof resourceVersion !== 'string' || resourceVersion === '')
    throw garbage();
  switch (type) {
    case 'BOOKMARK':
      return {
        type,
        resourceVersion,
        endsInitialEvents:
          fields(annotations)['k8s.io/initial-events-end'] === 'true',
      };
    case 'ADDED':
    case 'MODIFIED':
    case 'DELETED':
      if (typeof name !== 'string' || name === '') throw garbage();
      return { type, resourceVersion, object: object as KubernetesObject };
    default:
      throw garbage();
  }
}

/** @returns the object that a text holds. @throws Interruption for anything else. */
export function objectFrom(text: string): {
  object: KubernetesObject;
  resourceVersion: string;
} {
  const object = parsed(text);
  const { name, resourceVersion } = fields(fields(object).metadata);
  if (typeof name !== 'string' || typeof resourceVersion !== 'string')
    throw garbage();
  return { object: object as KubernetesObject, resourceVersion };
}

/** What an answer says that cannot be what an API server says. */
export const garbage = () =>
  failed('what answers does not speak like a Kubernetes API server');

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    throw garbage();
  }
}

/** @returns the fields of a value, none if it has no fields. */
export function fields(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null
    ? (value as Record<string, unknown>)
    : {};
}
