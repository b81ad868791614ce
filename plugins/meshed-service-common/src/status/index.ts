/**
 * What is true of a service's mTLS, from what was seen.
 *
 *   KubernetesObject ─► observeObject ─► observationOf ─► Observation ─┐
 *                                      spec, TrafficEvidence, now ─────┴─► evaluateMeshStatus ─► MeshStatus
 *
 * Pure: the same facts give the same answer, whatever their order. What is not known is `unknown`, with the best that it
 * could be; it is never shown as good news nor as bad news. Words for people stand in `words` and nowhere else.
 */
export * from './MeshStatus';
export { checks } from './checks';
export { liveObjectsFollowBundle } from './checks/liveObjectsFollowBundle';
export { noRestartPending } from './checks/noRestartPending';
export type { Check, Facts, Outcome } from './checks';
export {
  docsAnchor,
  evaluateMeshStatus,
  isKnownAbsent,
  isObserved,
} from './evaluateMeshStatus';
export type {
  Application,
  Certificate,
  Condition,
  ControlPlaneConfig,
  KubernetesService,
  Namespace,
  NetworkPolicy,
  PodController,
  Rollout,
  ServiceAccount,
  VaultAuth,
  VaultStaticSecret,
  WorkloadKind,
} from './kinds';
export {
  applicationHealths,
  applicationSyncs,
  operationPhases,
  workloadKinds,
} from './kinds';
export { isCurrent, observedKinds } from './Observation';
export type {
  KindFreshness,
  MeshInstallation,
  Observation,
  ObservedKind,
} from './Observation';
export { serviceNameOf, topOwnerOf } from './belonging';
export type { FindController } from './belonging';
export { catalogSelection, parseLabelSelector } from './catalogSelection';
export type { CatalogSelection } from './catalogSelection';
export { observedKindOf, observeObject } from './doors';
export type { ObservedObject, ObservedValues } from './doors';
export { observationOf } from './observationOf';
export type { ObservationContext } from './observationOf';
export type { VaultRole, VaultRoleEvidence } from './VaultRoleEvidence';
export { observedResources } from './observedResources';
export type { ObservedResource, ServedGroup } from './observedResources';
export { nameClient } from './clients';
export { percent, spanWords, trafficWords } from './trafficWords';
export * from './words';
