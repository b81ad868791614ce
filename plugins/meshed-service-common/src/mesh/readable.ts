import { z } from 'zod';
import type { Instant, KubernetesObject, ObjectRef } from '../model';
import { labels, refOf } from '../model';

/**
 * An object that its door refused, and why. A control plane would skip it, too, or keep what it knew before.
 *
 * @public
 */
export type Unreadable = {
  ref: ObjectRef;
  because: string;
  /** It was changed after it was created: a control plane that saw an earlier, usable form of it still applies that one. */
  wasUpdated?: true;
};

/**
 * What every narrowed object keeps of its metadata.
 *
 * @public
 */
export type Origin = {
  ref: ObjectRef;
  namespace: string;
  name: string;
  createdAt: Instant;
  /** The service that it was made for, as its label says. */
  service?: string;
};

/** The object that controls another one, as in `ReplicaSet` of a pod. @public */
export type Owner = { kind: string; name: string };

/**
 * @returns whether a door refused.
 *
 * @public
 */
export function isUnreadable(value: object): value is Unreadable {
  return 'because' in value && !('name' in value);
}

/** @returns where an object comes from. An absent time sorts first. */
export function originOf(object: KubernetesObject): Origin {
  const { creationTimestamp, namespace = '', name } = object.metadata;
  return {
    ref: refOf(object),
    namespace,
    name,
    createdAt: typeof creationTimestamp === 'string' ? creationTimestamp : '',
    service: textIn(object.metadata.labels, labels.service),
  };
}

/** @returns the object that controls this one; undefined where nobody does. */
export function ownerOf({ metadata }: KubernetesObject): Owner | undefined {
  const owners = Array.isArray(metadata.ownerReferences)
    ? metadata.ownerReferences
    : [];
  for (const each of owners) {
    const { controller, kind, name } = Object(each);
    if (
      controller === true &&
      typeof kind === 'string' &&
      typeof name === 'string'
    ) {
      return { kind, name };
    }
  }
  return undefined;
}

function textIn(value: unknown, key: string): string | undefined {
  const found = Object(value)[key];
  return typeof found === 'string' ? found : undefined;
}

/** @returns the spec of an object in the asked shape, or why it has another one. */
export function readSpec<Shape>(
  object: KubernetesObject,
  schema: z.ZodType<Shape, z.ZodTypeDef, unknown>,
): { spec: Shape } | { unreadable: Unreadable } {
  const result = schema.safeParse(object.spec ?? {});
  if (result.success) return { spec: result.data };
  const { path, message } = deepest(result.error.issues[0]);
  const because = `spec${path.map(part => `.${part}`).join('')}: ${message}`;
  return { unreadable: refuse(object, because) };
}

/** @returns the refusal of an object. */
export function refuse(object: KubernetesObject, because: string): Unreadable {
  const { generation } = object.metadata;
  return {
    ref: refOf(object),
    because,
    ...(typeof generation === 'number' && generation > 1
      ? { wasUpdated: true as const }
      : {}),
  };
}

/** Of several forms that a value may have, the last is named: the others are its shorthands. */
function deepest(issue: z.ZodIssue): z.ZodIssue {
  if (issue.code !== 'invalid_union') return issue;
  const { issues } = issue.unionErrors[issue.unionErrors.length - 1];
  return issues.length > 0 ? deepest(issues[0]) : issue;
}

/** Labels and annotations, as text by key; whatever else stands there is dropped. */
export function textsOf(value: unknown): ReadonlyMap<string, string> {
  if (typeof value !== 'object' || value === null) return new Map();
  return new Map(
    Object.entries(value).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string',
    ),
  );
}

/** Oldest first, then by name: the order in which a control plane prefers objects. */
export function byAgeThenName(a: Origin, b: Origin): number {
  return compareText(a.createdAt, b.createdAt) || compareText(a.name, b.name);
}

/**
 * Code-unit order: the same on every machine.
 *
 * @public
 */
export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
