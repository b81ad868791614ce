/**
 * Where Kubernetes objects come from: a cluster that runs (`live/`), or a snapshot, a folder of objects as
 * `kubectl get -o yaml` writes them.
 *
 *   API server ─► live/, and SingleNamespace ─► clusterSource ─► store
 *   folder ─► listFiles ─► readFile ─► ClusterSnapshot (objects, problems, what is not whole) ─► SnapshotSource ─► store
 *
 * What cannot be read is a problem with file and line, and makes its kinds unreadable: a status that rests on them says
 * `unknown`, never "none".
 */
export { readSnapshot } from './readSnapshot';
export type {
  ClusterSnapshot,
  SnapshotGap,
  SnapshotOptions,
} from './ClusterSnapshot';
export { snapshotBounds } from './ClusterSnapshot';
export { SnapshotSource } from './SnapshotSource';
export * from './live';
export { clusterSource } from './clusterSource';
export type { ClusterSource } from './clusterSource';
