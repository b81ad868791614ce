/**
 * What is looked at, one sentence per file.
 *
 *   Facts (spec, observation, traffic, now) ─► check.evaluate ─► Outcome ─► Finding
 *
 * Adding a check: a file here, a line below, a folder of fixtures in `__fixtures__`, a heading in docs/checks.md.
 * A check says what it rests on; `evaluateCheck` answers `unknown` for it while that is not current.
 */
import { certificatesAreRenewed } from './certificatesAreRenewed';
import { certificatesHold } from './certificatesHold';
import type { Check } from './Check';
import { clientsAreAsDeclared } from './clientsAreAsDeclared';
import { clientsShowIdentity } from './clientsShowIdentity';
import { declaredClientsAreNotDenied } from './declaredClientsAreNotDenied';
import { deliveryIsHealthy } from './deliveryIsHealthy';
import { deliveryIsInSync } from './deliveryIsInSync';
import { enforcementWouldDenyNobody } from './enforcementWouldDenyNobody';
import { identitiesAreOfThisMesh } from './identitiesAreOfThisMesh';
import { issuerIsRenewed } from './issuerIsRenewed';
import { jobsCanEnd } from './jobsCanEnd';
import { liveObjectsFollowBundle } from './liveObjectsFollowBundle';
import { machinesHaveServers } from './machinesHaveServers';
import { namespaceAsksForInjection } from './namespaceAsksForInjection';
import { networkPoliciesAdmitMesh } from './networkPoliciesAdmitMesh';
import { noPlaintextWhereEnforced } from './noPlaintextWhereEnforced';
import { noPortBypassesProxy } from './noPortBypassesProxy';
import { noRestartPending } from './noRestartPending';
import { noServerIsShadowed } from './noServerIsShadowed';
import { nothingOptsOut } from './nothingOptsOut';
import { nothingUsesHostNetwork } from './nothingUsesHostNetwork';
import { podsAreReady } from './podsAreReady';
import { podsCarryProxy } from './podsCarryProxy';
import { podsUseOwnServiceAccount } from './podsUseOwnServiceAccount';
import { policiesNeedIdentity } from './policiesNeedIdentity';
import { policiesTakeEffect } from './policiesTakeEffect';
import { proxiesAreCurrent } from './proxiesAreCurrent';
import { proxiesFollowNamespace } from './proxiesFollowNamespace';
import { proxiesHaveIdentity } from './proxiesHaveIdentity';
import { proxiesTrustTheBundle } from './proxiesTrustTheBundle';
import { rateLimitsTakeEffect } from './rateLimitsTakeEffect';
import { rolloutIsDone } from './rolloutIsDone';
import { secretsAreSynced } from './secretsAreSynced';
import { serversFollowPhase } from './serversFollowPhase';
import { serversSelectPods } from './serversSelectPods';
import { serviceAccountIsThere } from './serviceAccountIsThere';
import { servicesLeadToPorts } from './servicesLeadToPorts';
import { trafficIsMeasured } from './trafficIsMeasured';
import { trustAnchorsHold } from './trustAnchorsHold';
import { trustBundleIsSettled } from './trustBundleIsSettled';
import { trustRootsAgree } from './trustRootsAgree';
import { undeclaredPortsFollowPhase } from './undeclaredPortsFollowPhase';
import { vaultRoleIsBound } from './vaultRoleIsBound';

/**
 * Every check, in the order of its code.
 *
 * @public
 */
export const checks: readonly Check[] = [
  podsCarryProxy,
  podsAreReady,
  noRestartPending,
  serversSelectPods,
  noServerIsShadowed,
  clientsAreAsDeclared,
  policiesTakeEffect,
  policiesNeedIdentity,
  noPortBypassesProxy,
  serversFollowPhase,
  undeclaredPortsFollowPhase,
  networkPoliciesAdmitMesh,
  proxiesHaveIdentity,
  podsUseOwnServiceAccount,
  trustRootsAgree,
  namespaceAsksForInjection,
  proxiesAreCurrent,
  proxiesTrustTheBundle,
  trustBundleIsSettled,
  issuerIsRenewed,
  trustAnchorsHold,
  proxiesFollowNamespace,
  nothingOptsOut,
  nothingUsesHostNetwork,
  jobsCanEnd,
  identitiesAreOfThisMesh,
  deliveryIsInSync,
  deliveryIsHealthy,
  secretsAreSynced,
  vaultRoleIsBound,
  liveObjectsFollowBundle,
  machinesHaveServers,
  rateLimitsTakeEffect,
  serviceAccountIsThere,
  servicesLeadToPorts,
  rolloutIsDone,
  trafficIsMeasured,
  noPlaintextWhereEnforced,
  clientsShowIdentity,
  enforcementWouldDenyNobody,
  declaredClientsAreNotDenied,
  certificatesHold,
  certificatesAreRenewed,
];

export { evaluateCheck } from './Check';
export type { Check, Facts, Outcome } from './Check';
