import type {
  KindFreshness,
  KubernetesObject,
  ObservedKind,
  SourceProblem,
} from '@meshway/plugin-meshed-service-common';

/**
 * Of what a snapshot does not hold everything: a kind, in one namespace or in all, and why.
 *
 * @public
 */
export type SnapshotGap = {
  kind: ObservedKind;
  namespace?: string;
  freshness: KindFreshness;
};

/**
 * A folder of Kubernetes objects, read.
 *
 * @public
 */
export type ClusterSnapshot = {
  /** When it was taken: as `snapshot.yaml` says, else the newest time of a file. */
  takenAt: string;
  /** The only one that was read; all when absent. */
  namespace?: string;
  objects: KubernetesObject[];
  problems: SourceProblem[];
  gaps: SnapshotGap[];
};

/**
 * What is taken from a folder beyond what a status can rest on.
 *
 * @public
 */
export type SnapshotOptions = {
  /** Takes objects of other kinds, too. */
  also?(object: KubernetesObject): boolean;
  /** What can be read and claims to be no Kubernetes object leaves no gap: it is a problem to name, and no more. */
  passOverOthers?: boolean;
};

/**
 * How much of anything one snapshot may hold.
 *
 * @public
 */
export const snapshotBounds = {
  fileBytes: 16 * 1024 * 1024,
  totalBytes: 128 * 1024 * 1024,
  files: 5_000,
  objects: 50_000,
  depth: 8,
  aliases: 100,
  problems: 100,
} as const;

/** File at the root of a snapshot that says when it was taken, and what is not in it. */
export const SNAPSHOT_FILE = 'snapshot.yaml';
