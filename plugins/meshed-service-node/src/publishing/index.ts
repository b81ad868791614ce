/**
 * The ask flow from the original values to the commit.
 *
 *   request ─► parse ─► renderRepository (skeleton, bundle, stamp) ─► admitRepository ─┬─► plan
 *                                                                                      ├─► claim ─► repository ─► receipt
 *                                                                                      └─► proposed change ─► receipt
 *
 * In: what a team asked for, as it came in, and who asks. Out: a plan or a receipt. Each of the three starts over from the
 * original values and admits the very bytes that it writes, so that nothing before it has to be trusted.
 */
export {
  admitRepository,
  GuardrailViolationError,
  refuseViolations,
} from './admitRepository';
export { authorOf } from './authorOf';
export { DefaultPublishing } from './DefaultPublishing';
export { differentFields } from './ExistingService';
export * from './MeshedServicePublishing';
export { planService } from './planService';
export { proposeServiceChange } from './proposeServiceChange';
export type { PublishingParts } from './PublishingParts';
export { publishService } from './publishService';
export { renderRepository } from './renderRepository';
export type { RenderContext, RenderedRepository } from './renderRepository';
