/**
 * Could X call me?
 *
 *   EffectivePolicy ─┐
 *   Caller ──────────┼─► couldCall ─► AccessAnswer: let in and by what, or refused and how, or decided elsewhere
 *   InboundCall ─────┘
 *
 * Authorizations are combined as the proxy combines them: those of the route and those of the Server together, and any one
 * admits. What no policy decides is not guessed: a port that goes around the proxy, a pod without a proxy.
 */
export { couldCall } from './couldCall';
export type { AccessAnswer } from './couldCall';
export { callerOf } from './callerOf';
export type { Caller, InboundCall } from './Caller';
export { needsIdentity, opensOnlyProbes } from './ways';
export { networksAroundProxy } from './aroundProxy';
