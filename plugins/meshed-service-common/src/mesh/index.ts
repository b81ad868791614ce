/**
 * What a mesh makes of the objects in a cluster.
 *
 *   KubernetesObject ─► fromKubernetes doors ─► inboundPolicy ─► status
 *
 * One folder per mesh. `injection` answers the question that comes first: does a pod run a proxy at all?
 * `trust` reads whom proxies trust.
 */
export { inPorts, parsePorts } from './injection';
export type { PortRange, Proxy } from './injection';
export * from './linkerd';
export { readValidity, trustAnchorsIn } from './trust';
export type { Validity } from './trust';
export { compareText, isUnreadable } from './readable';
export type { Origin, Owner, Unreadable } from './readable';
