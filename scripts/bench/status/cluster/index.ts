/**
 * A fleet in a real cluster: a kube-apiserver of the bench's own, and everything in it that a watch can see.
 *
 *   test platform ─► RealCluster ─► writeFleet: namespaces, accounts, policies, pods as the injector leaves them, with status
 *
 * Controllers are stopped while it is measured: they would make a cluster out of it, with owners and pods of their own.
 */
export { RealCluster } from './RealCluster';
