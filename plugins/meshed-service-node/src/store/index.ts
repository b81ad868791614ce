/**
 * What is known about one cluster, in memory.
 *
 *   source ─► apply | delete | reset | stale ─► ClusterStore ─┬─► observe(service) ─► Observation
 *                                                            └─► subscribe: what may have changed
 *
 * Objects go through their door when they come in, never again. A read asks no API and touches only what belongs to the
 * service: its pods by label, the rest by namespace; it does not grow with the fleet.
 */
export { ClusterStore } from './ClusterStore';
export type { StoreScope } from './ClusterStore';
export type { StoreChange } from './StoreChanges';
