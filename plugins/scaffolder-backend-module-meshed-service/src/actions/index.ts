/**
 * One action per file, each with its documented examples beside it, listed once.
 *
 *   show                 spec:parse, bundle:render, bundle:admit, service:plan
 *   write repositories   repository:publish, change:propose           ─► MeshedServicePublishing
 *   write systems        namespace | serviceAccount | linkerdPolicy | vaultRole | argoApplication :ensure,
 *                        service:setPhase | retire | verify             ─► MeshedServiceBackend
 *   both                 service:apply
 *
 * In: `service`, the values of the form. Out: outputs that a template can link to.
 */
import type { StepServices } from '../step';
import { createAdmitBundleAction } from './admitBundle';
import { createApplyServiceAction } from './applyService';
import { createEnsureArgoApplicationAction } from './ensureArgoApplication';
import { createEnsureLinkerdPolicyAction } from './ensureLinkerdPolicy';
import { createEnsureNamespaceAction } from './ensureNamespace';
import { createEnsureServiceAccountAction } from './ensureServiceAccount';
import { createEnsureVaultRoleAction } from './ensureVaultRole';
import { createParseSpecAction } from './parseSpec';
import { createPlanServiceAction } from './planService';
import { createProposeChangeAction } from './proposeChange';
import { createPublishRepositoryAction } from './publishRepository';
import { createRenderBundleAction } from './renderBundle';
import { createRetireServiceAction } from './retireService';
import { createSetPhaseAction } from './setPhase';
import { createVerifyServiceAction } from './verifyService';

/** @returns every action of the suite. */
export function createMeshedServiceActions(services: StepServices) {
  return [
    createParseSpecAction(),
    createRenderBundleAction(services),
    createAdmitBundleAction(services),
    createPlanServiceAction(services),
    createPublishRepositoryAction(services),
    createProposeChangeAction(services),
    createApplyServiceAction(services),
    createVerifyServiceAction(services),
    createSetPhaseAction(services),
    createRetireServiceAction(services),
    createEnsureNamespaceAction(services),
    createEnsureServiceAccountAction(services),
    createEnsureLinkerdPolicyAction(services),
    createEnsureVaultRoleAction(services),
    createEnsureArgoApplicationAction(services),
  ];
}
