/**
 * A cluster as it is now, as a folder that can be sent to whoever helps.
 *
 *   API server ─► LiveSource, once ─► takeSnapshot ─► TakenSnapshot ─► snapshotFiles ─► writeSnapshot ─► folder
 *                                        └─ shareable: nothing but what answers rest on
 *   folder ─► readSnapshot, SnapshotSource (`cluster/`) ─► the answers that the cluster would have given
 *
 * What could not be read stands in `snapshot.yaml`, so that an answer from it says `unknown` where the cluster's would have.
 * A folder is there whole or not at all.
 */
export { takeSnapshot } from './takeSnapshot';
export type { TakenSnapshot } from './takeSnapshot';
export { snapshotFiles } from './snapshotFiles';
export { refuseUnlessFree, writeSnapshot } from './writeSnapshot';
