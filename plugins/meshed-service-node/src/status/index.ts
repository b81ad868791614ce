/**
 * Statuses of services over named clusters.
 *
 *   configuration ─► MeshStatuses.create ─► read(service, spec?) ─► MeshStatus
 *   snapshot folder ─► SnapshotSource ─► ClusterStore ─┘
 */
export { MeshStatuses } from './MeshStatuses';
export type { MeshStatusesOptions } from './MeshStatuses';
export { renderStatusExamples } from './renderStatusExamples';
