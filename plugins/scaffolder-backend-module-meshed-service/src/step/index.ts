/**
 * What every action does before its own one call.
 *
 *   ctx.input.service ─► readSpec, readRequest ─► what is asked for
 *   initiator's credentials ─► initiatorOf ─► who asks ─► may(Create|Change) ─► or NotAllowedError
 *   any error ─► inPlainWords ─► the task log, without a stack where a person can put it right
 *
 * Identity comes from credentials and never from parameters or `ctx.user`.
 */
export { inPlainWords } from './inPlainWords';
export { initiatorOf } from './initiator';
export type { Initiator } from './initiator';
export { authorizeChange, authorizeCreate } from './authorize';
export { creationFacts } from './creationFacts';
export { readRequest, readSpec } from './request';
export { inputDescriptions } from './inputs';
export type { StepContext, StepServices } from './StepServices';
