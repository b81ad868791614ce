/**
 * What is known about one cluster, in memory.
 *
 *   source ─► apply | delete | reset | stale ─► ClusterStore ─┬─► observe(service) ─► Observation
 *                                                            └─► subscribe: what may have changed
 *
 * Objects go through their door when they come in, never again, and share what is equal. A read asks no API and touches only
 * what may concern the service: `gather` finds it by keys (`keysOf`), so neither the fleet nor the policies of others cost
 * anything; `observationOf` then sorts out what does.
 */
export { ClusterStore } from './ClusterStore';
export type { StoreScope } from './KnownFreshness';
export type { StoreChange } from './StoreChanges';
