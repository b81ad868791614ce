/**
 * What every action does before its own one call.
 *
 *   ctx.input.service ─► readSpec, readRequest ─► what is asked for ; readTarget ─► which service is meant
 *   initiator's credentials ─► initiatorOf ─► who asks ─► may(Create|Change) ─► or NotAllowedError
 *   a wait for others ─► inSlices ─► requests that each prove the right to go on
 *   any error ─► inPlainWords ─► the task log, without a stack where a person can put it right
 *
 * Identity comes from credentials and never from parameters or `ctx.user`.
 */
export { inPlainWords } from './inPlainWords';
export { initiatorOf, userOf } from './initiator';
export type { Initiator } from './initiator';
export { authorizeChange, authorizeCreate } from './authorize';
export { creationFacts } from './creationFacts';
export { readRequest, readSpec } from './request';
export { inSlices } from './patience';
export { readTarget } from './target';
export type { Target } from './target';
export { inputDescriptions, longestWait } from './inputs';
export type { StepContext, StepServices } from './StepServices';
