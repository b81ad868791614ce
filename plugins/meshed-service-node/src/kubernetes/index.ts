/**
 * One Kubernetes cluster, asked and written to over the API server's HTTP API.
 *
 *   ClusterAccess ─► ClusterEndpoint (address, credentials, connections) ─┐
 *   object, uid ─► KubernetesOverHttp ─► ClusterConnection ─► http ───────┴─► API server
 *                        ▲                     └─► refusalOf ─► a named error, with the way out
 *                    Discovery (which kinds, by which paths)
 *
 * In: objects and references of ours. Out: objects as the server has them, or an error that says what was attempted, on
 * what, and what to do. Kubernetes' own JavaScript client reads kubeconfigs and runs their plugins, and nothing else: its
 * requests have no time limit and its watches die silently. No name that is not one reaches a path.
 */
export type * from './Kubernetes';
export type { ClusterAccess } from './ClusterAccess';
export type { ClusterConnectionOptions } from './ClusterConnection';
export * from './errors';
export { KubernetesOverHttp } from './KubernetesOverHttp';
export { readClusterTarget } from './readClusterTarget';
export type { ClusterTarget } from './readClusterTarget';
export { FIELD_MANAGER } from './ObjectWrites';
