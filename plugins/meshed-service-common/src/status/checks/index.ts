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
import { enforcementWouldDenyNobody } from './enforcementWouldDenyNobody';
import { namespaceAsksForInjection } from './namespaceAsksForInjection';
import { networkPoliciesAdmitMesh } from './networkPoliciesAdmitMesh';
import { noPlaintextWhereEnforced } from './noPlaintextWhereEnforced';
import { noPortBypassesProxy } from './noPortBypassesProxy';
import { noRestartPending } from './noRestartPending';
import { noServerIsShadowed } from './noServerIsShadowed';
import { podsAreReady } from './podsAreReady';
import { podsCarryProxy } from './podsCarryProxy';
import { podsUseOwnServiceAccount } from './podsUseOwnServiceAccount';
import { policiesNeedIdentity } from './policiesNeedIdentity';
import { policiesTakeEffect } from './policiesTakeEffect';
import { proxiesHaveIdentity } from './proxiesHaveIdentity';
import { serversFollowPhase } from './serversFollowPhase';
import { serversSelectPods } from './serversSelectPods';
import { trafficIsMeasured } from './trafficIsMeasured';
import { trustRootsAgree } from './trustRootsAgree';
import { undeclaredPortsFollowPhase } from './undeclaredPortsFollowPhase';

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
