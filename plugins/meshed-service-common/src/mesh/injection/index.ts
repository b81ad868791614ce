/**
 * Whether a pod runs a proxy.
 *
 *   pod spec and status ─► proxyOf ─► Proxy | undefined
 *
 * The container proves it: `linkerd-proxy`, ordinary or as a native sidecar. Labels and annotations say what somebody
 * wanted; any author of a pod may write them.
 */
export { proxyOf } from './proxyOf';
export type { Proxy } from './proxyOf';
export { parsePorts, inPorts } from './portRanges';
export type { PortRange } from './portRanges';
export { parseSubnets } from './subnets';
