/**
 * What a change would do, before anybody writes.
 *
 *   spec as it came in ─► parse ─► MeshedServicePublishing.plan ─► planToWire ─► form, CLI
 *                           └─► refused, with every problem
 *   spec ─► MeshedServiceProvisioning.plan ─► what would happen in the cluster, where the portal writes to it
 *   guardrail pack ─► guardrailsOf ─► the rules; a broken pack refuses every write and says so
 */
export { guardrailPackOf, guardrailsToWire } from './guardrails';
export { planToWire } from './planToWire';
export { provisioningPlanFor } from './provisioningPlanFor';
