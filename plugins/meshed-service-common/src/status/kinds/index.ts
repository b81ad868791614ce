/**
 * What of the platform's own objects can change a status, one kind per file. The mesh's kinds have their doors in `mesh`.
 *
 *   KubernetesObject ─► …FromKubernetes ─► value | Unreadable | undefined (of no interest)
 *
 * Only what a check looks at passes a door, so that a large cluster fits into little memory.
 */
export {
  applicationFromKubernetes,
  applicationHealths,
  applicationSyncs,
  operationPhases,
} from './Application';
export type { Application } from './Application';
export { certificateFromKubernetes } from './Certificate';
export type { Certificate } from './Certificate';
export {
  controlPlaneConfigFromKubernetes,
  controlPlaneConfigs,
} from './ControlPlaneConfig';
export type { ControlPlaneConfig } from './ControlPlaneConfig';
export { namespaceFromKubernetes } from './Namespace';
export type { Namespace } from './Namespace';
export {
  admitsPort,
  networkPolicyFromKubernetes,
  restrictsPod,
} from './NetworkPolicy';
export type { NetworkPolicy } from './NetworkPolicy';
export { serviceAccountFromKubernetes } from './ServiceAccount';
export type { ServiceAccount } from './ServiceAccount';
export {
  isOpaque,
  kubernetesServiceFromKubernetes,
  leadsTo,
  targetOf,
} from './KubernetesService';
export type { KubernetesService } from './KubernetesService';
export { conditionOf, saying } from './conditions';
export type { Condition } from './conditions';
export { vaultAuthFromKubernetes } from './VaultAuth';
export type { VaultAuth } from './VaultAuth';
export { vaultStaticSecretFromKubernetes } from './VaultStaticSecret';
export type { VaultStaticSecret } from './VaultStaticSecret';
export { workloadKinds, podControllerFromKubernetes } from './PodController';
export type { PodController, Rollout, WorkloadKind } from './PodController';
