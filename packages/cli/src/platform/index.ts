/**
 * The real systems, with the credentials of whoever runs a command.
 *
 *   options, environment, app-config.yaml ─► clusterAccess, vaultAccess ─┬─► openPlatform ─► provisioning of -node
 *                                                                       └─► openCluster: a cluster that is only read
 *   SIGINT, SIGTERM ─► interruptible ─► AbortSignal
 *
 * In: options as typed. Out: the same provisioning that a portal has, who asks, and where the requests go. Nothing of this
 * is loaded by a command that asks no system.
 */
export { interruptible } from './interruptible';
export { openCluster, refuseUnlessAnythingIsSeen } from './openCluster';
export type { ClusterOptions, OpenCluster } from './openCluster';
export { openPlatform } from './openPlatform';
export type { OpenPlatform, PlatformOptions } from './openPlatform';
