import {
  annotations,
  formatObjectRef,
  KubernetesObject,
  labels,
  ObjectRef,
  refOf,
} from '@meshway/plugin-meshed-service-common';
import { ObservedKubernetesObject } from '../../kubernetes';
import { namespacedKinds } from '../order';
import { Holder, isOurs } from '../ownership';

/**
 * Whose an object in the namespace is. `deployed`: Argo CD made it from the team's repository and takes it away itself.
 * `dependent`: its owner is one of the former, and takes it along. `kubernetes`: made in every namespace.
 */
export type Standing =
  | 'ours'
  | 'deployed'
  | 'dependent'
  | 'kubernetes'
  | 'foreign';

/** By kind, whatever the name: written by controllers of Kubernetes for what others have made. */
const kindsOfKubernetes = new Set([
  'Endpoints',
  'EndpointSlice',
  'Event',
  'PodMetrics',
]);

/** In every namespace. */
const objectsOfKubernetes = new Set([
  'ConfigMap/kube-root-ca.crt',
  'ServiceAccount/default',
]);

/** @returns whether nobody has to look at a kind: it holds nothing that anybody could miss. */
export function isMadeByKubernetes({ kind }: { kind: string }): boolean {
  return kindsOfKubernetes.has(kind);
}

/** What an object in the namespace is judged by. */
export type Judging = {
  holder: Holder;
  /** Name of the Argo CD application. */
  application: string;
  /** Uids of objects outside of the namespace that may own something in it: the application and the namespace itself. */
  roots: readonly string[];
  /** The application has been deleted: what it has left, it was told to leave. */
  applicationGone: boolean;
};

/** @returns whose each object is, by its uid. */
export function classify(
  objects: readonly ObservedKubernetesObject[],
  judging: Judging,
): Map<string, Standing> {
  const standings = new Map<string, Standing>(
    objects.map(object => [object.metadata.uid, ofItself(object, judging)]),
  );
  const goesWithIts = (object: ObservedKubernetesObject) =>
    (object.metadata.ownerReferences ?? []).some(
      ({ uid }) =>
        judging.roots.includes(uid) ||
        ['ours', 'deployed', 'dependent'].includes(standings.get(uid) ?? ''),
    );
  // Owners have owners: a pod belongs to a ReplicaSet, which belongs to a Deployment. Until nothing more is found.
  for (let found = true; found; ) {
    const more = objects.filter(
      object =>
        standings.get(object.metadata.uid) === 'foreign' && goesWithIts(object),
    );
    for (const { metadata } of more) standings.set(metadata.uid, 'dependent');
    found = more.length > 0;
  }
  return standings;
}

function ofItself(
  object: ObservedKubernetesObject,
  { holder, application, applicationGone }: Judging,
): Standing {
  const { kind, metadata } = object;
  if (
    isMadeByKubernetes(object) ||
    objectsOfKubernetes.has(`${kind}/${metadata.name}`)
  )
    return 'kubernetes';
  if (isWrittenByUs(object) && isOurs(object, holder)) return 'ours';
  // What is going already needs nobody to decide about it.
  if (isTrackedBy(object, application))
    return applicationGone && metadata.deletionTimestamp === undefined
      ? 'foreign'
      : 'deployed';
  return 'foreign';
}

/** The team's own workload carries the owner as well, and a ReplicaSet what its Deployment carries; neither is ours to delete. */
function isWrittenByUs({ kind, apiVersion, metadata }: KubernetesObject) {
  return (
    metadata.labels?.[labels.managedBy] === labels.managedByMeshway &&
    namespacedKinds.some(
      each =>
        each.kind === kind && groupOf(each.apiVersion) === groupOf(apiVersion),
    )
  );
}

/** `<application>:<group>/<kind>:<namespace>/<name>`, and only on the object that it names. */
function isTrackedBy(object: KubernetesObject, application: string): boolean {
  const { metadata, kind, apiVersion } = object;
  return (
    metadata.annotations?.[annotations.argocdTrackingId] ===
    `${application}:${groupOf(apiVersion)}/${kind}:${metadata.namespace}/${
      metadata.name
    }`
  );
}

function groupOf(apiVersion: string): string {
  return apiVersion.includes('/') ? apiVersion.split('/')[0] : '';
}

/** @returns references of the objects of a standing, sorted. */
export function refsOf(
  objects: readonly ObservedKubernetesObject[],
  standings: ReadonlyMap<string, Standing>,
  standing: Standing,
): ObjectRef[] {
  return objects
    .filter(({ metadata }) => standings.get(metadata.uid) === standing)
    .map(refOf)
    .sort((a, b) => (formatObjectRef(a) < formatObjectRef(b) ? -1 : 1));
}
