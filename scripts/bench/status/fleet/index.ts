/**
 * Fleets of meshed services, made up and always the same.
 *
 *   renderBundle (ours) ──────┐
 *   workload (Deployment …) ──┼─► ServiceTemplate ─► Fleet ─► texts of objects, by resource
 *   injectedPod.json ─────────┘   (JSON, with a name to be replaced)
 *
 * `injectedPod.json` is what the API server stores once Linkerd's real injector (edge-26.8.3) has had it, 12 KB in one line.
 * Objects are made when they are asked for: 100,000 of them would not leave the memory of whoever holds them alone.
 */
export { Fleet } from './Fleet';
export type { FleetSize } from './Fleet';
export { benchPlatform, benchService, CLUSTER, OWNER } from './benchService';
