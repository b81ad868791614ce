/**
 * What a change would do, before anybody writes.
 *
 *   spec as it came in ─► parse ─► MeshedServicePublishing.plan ─► planToWire ─► form, CLI
 *                           └─► refused, with every problem
 *   guardrail pack ─► guardrailsOf ─► the rules; a broken pack refuses every write and says so
 */
export { guardrailPackOf, guardrailsToWire } from './guardrails';
export { planToWire } from './planToWire';
