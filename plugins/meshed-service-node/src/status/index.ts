/**
 * Statuses of services over named clusters.
 *
 *   configuration ─► MeshStatuses.create ─► read(service, spec?) ─► MeshStatus
 *   snapshot folder ─► SnapshotSource ─► ClusterStore ─┤
 *   cluster that runs ─► LiveSource ─► ClusterStore ───┤   from start() to stop()
 *   Prometheus ─► TrafficSource, Vault ─► VaultRoleSource ┘   asked in the background
 */
export { MeshStatuses } from './MeshStatuses';
export type { MeshStatusesOptions } from './MeshStatuses';
export type { ClusterToWatch } from './WatchedCluster';
export { renderStatusExamples } from './renderStatusExamples';
