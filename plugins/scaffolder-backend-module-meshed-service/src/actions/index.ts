/**
 * One action per file, each with its documented examples beside it, listed once.
 *
 *   show    spec:parse, bundle:render, bundle:admit, service:plan
 *   write   repository:publish, change:propose
 *
 * In: `service`, the values of the form. Out: outputs that a template can link to.
 */
import type { StepServices } from '../step';
import { createAdmitBundleAction } from './admitBundle';
import { createParseSpecAction } from './parseSpec';
import { createPlanServiceAction } from './planService';
import { createProposeChangeAction } from './proposeChange';
import { createPublishRepositoryAction } from './publishRepository';
import { createRenderBundleAction } from './renderBundle';

/** @returns every action of the suite. */
export function createMeshedServiceActions(services: StepServices) {
  return [
    createParseSpecAction(),
    createRenderBundleAction(services),
    createAdmitBundleAction(services),
    createPlanServiceAction(services),
    createPublishRepositoryAction(services),
    createProposeChangeAction(services),
  ];
}
