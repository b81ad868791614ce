import { InputError } from '@backstage/errors';
import {
  formatObjectRef,
  ObjectRef,
} from '@meshway/plugin-meshed-service-common';
import { ServedKind } from './Kubernetes';

const group =
  /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$/;
const version = /^v[0-9]+(?:(?:alpha|beta)[0-9]+)?$/;
const namespace = /^[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?$/;
/** Names of roles may hold colons and capitals; none may walk through folders. */
const name = /^[A-Za-z0-9](?:[-A-Za-z0-9._:]{0,251}[A-Za-z0-9])?$/;
const resource = /^[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?$/;

/**
 * @returns the path of one group and version, such as `/apis/apps/v1`.
 * @throws InputError when it is not the name of one.
 */
export function groupPath(apiVersion: string): string {
  const parts = apiVersion.split('/');
  if (parts.length === 1 && version.test(parts[0])) return `/api/${parts[0]}`;
  if (
    parts.length === 2 &&
    parts[0].length <= 253 &&
    group.test(parts[0]) &&
    version.test(parts[1])
  )
    return `/apis/${parts[0]}/${parts[1]}`;
  throw new InputError(
    `${shown(
      apiVersion,
    )} is not an apiVersion; write one such as v1 or apps/v1`,
  );
}

/** @returns the path of all objects of a kind, below a namespace where one is given. */
export function collectionPath(kind: ServedKind, below?: string): string {
  if (!resource.test(kind.resource))
    throw new InputError(
      `${shown(kind.resource)} is not the name of a resource`,
    );
  if (below === undefined)
    return `${groupPath(kind.apiVersion)}/${kind.resource}`;
  if (!kind.namespaced)
    throw new InputError(
      `${kind.kind} lives in no namespace; leave ${shown(below)} out`,
    );
  if (!namespace.test(below))
    throw new InputError(
      `${shown(
        below,
      )} is not the name of a namespace; it has lower-case letters, digits and dashes only, at most 63`,
    );
  return `${groupPath(kind.apiVersion)}/namespaces/${below}/${kind.resource}`;
}

/** @returns the path of one object. No name that passes can lead to another object's path. */
export function objectPath(kind: ServedKind, ref: ObjectRef): string {
  if (kind.namespaced && ref.namespace === undefined)
    throw new InputError(
      `${kind.kind} ${shown(
        ref.name,
      )} needs a namespace; all objects of its kind live in one`,
    );
  if (!name.test(ref.name))
    throw new InputError(
      `${shown(ref.name)} is not the name of a ${
        kind.kind
      }; it has letters, digits, dashes, dots and colons only, at most 253`,
    );
  return `${collectionPath(kind, ref.namespace)}/${encodeURIComponent(
    ref.name,
  )}`;
}

/** `Server payments/payments.http in cluster eu-1`, for people; hostile names are shown as what they are. */
export function placeOf(ref: ObjectRef, cluster: string): string {
  const harmless = [ref.kind, ref.namespace ?? '', ref.name].every(part =>
    /^[\w.:-]{0,253}$/.test(part),
  );
  const what = formatObjectRef(ref);
  return `${harmless ? what : shown(what)} in cluster ${cluster}`;
}

function shown(text: string): string {
  return JSON.stringify(text.slice(0, 80));
}
