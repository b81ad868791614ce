import { InputError } from '@backstage/errors';
import {
  KubernetesObject,
  MESHWAY_API_VERSION,
  observedKindOf,
  observedResources,
  toYaml,
} from '@meshway/plugin-meshed-service-common';
import { SNAPSHOT_FILE, snapshotBounds } from '../cluster/ClusterSnapshot';
import { snapshotReadme } from './snapshotReadme';
import type { TakenSnapshot } from './takeSnapshot';

const LONGEST_MESSAGE = 500;
/** Half of what is read of a file, since it is counted in characters here. */
const FILE_LENGTH = snapshotBounds.fileBytes / 4;

/**
 * @returns the files of a snapshot by name: one for each kind, or several of a kind with very many objects.
 * @throws InputError when it holds more than is read of one.
 *
 * @public
 */
export function snapshotFiles(taken: TakenSnapshot): Map<string, string> {
  const { objects } = taken;
  if (objects.length > snapshotBounds.objects)
    throw tooLarge(`${objects.length} objects`);
  const files = new Map([
    ['README.md', snapshotReadme(taken)],
    [SNAPSHOT_FILE, toYaml(aboutIt(taken))],
  ]);
  for (const [resource, own] of byResource(objects))
    own.forEach((text, index) =>
      files.set(`${resource}${index > 0 ? `-${index + 1}` : ''}.yaml`, text),
    );
  const length = [...files.values()].reduce(
    (sum, text) => sum + text.length,
    0,
  );
  if (length > snapshotBounds.totalBytes / 2)
    throw tooLarge(`${Math.ceil(length / 1024 / 1024)} MB`);
  return files;
}

function tooLarge(what: string): InputError {
  return new InputError(
    `The cluster has ${what} that answers rest on, more than one snapshot holds; take one of a single namespace with --namespace`,
  );
}

function aboutIt({ namespace, takenAt, gaps }: TakenSnapshot): object {
  return {
    apiVersion: MESHWAY_API_VERSION,
    kind: 'Snapshot',
    takenAt,
    ...(namespace === undefined ? {} : { namespace }),
    notRead: gaps.map(({ kind, freshness: { state, message } }) => ({
      kinds: [kind],
      state,
      ...(message ? { message: message.slice(0, LONGEST_MESSAGE) } : {}),
    })),
  };
}

/** @returns for each resource (`servers.policy.linkerd.io`) its objects by place, in texts that are not too long. */
function byResource(
  objects: readonly KubernetesObject[],
): Map<string, string[]> {
  const texts = new Map<string, string[]>();
  for (const object of [...objects].sort(byPlace)) {
    const resource = resourceOf(object);
    const parts = texts.get(resource) ?? [];
    texts.set(resource, parts);
    const text = toYaml(object);
    const last = parts.at(-1);
    if (last === undefined || last.length + text.length > FILE_LENGTH)
      parts.push(text);
    else parts[parts.length - 1] = `${last}---\n${text}`;
  }
  return texts;
}

function resourceOf(object: KubernetesObject): string {
  const [group, version] = object.apiVersion.split('/');
  const served = observedResources
    .find(({ kind }) => kind === observedKindOf(object))
    ?.groups.find(each => each.group === (version ? group : ''));
  const resource = served?.resource ?? object.kind.toLowerCase();
  return version ? `${resource}.${group}` : resource;
}

function byPlace(a: KubernetesObject, b: KubernetesObject): number {
  const [left, right] = [placeOf(a), placeOf(b)];
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

function placeOf({ metadata }: KubernetesObject): string {
  return `${metadata.namespace ?? ''}/${metadata.name}`;
}
