/**
 * What a policy controller answers to a proxy that asks about one of its ports.
 *
 *   Policies ─► PolicyIndex ─┐
 *   Workload, port ──────────┼─► inboundPolicy ─► EffectivePolicy ─► presentAnswer ─► InboundAnswer
 *   ClusterSettings ─────────┘
 *
 * The rules are the controller's own, as observed on a real one. It may know more than the objects say: an object that was
 * changed into an unusable form keeps its former meaning until the controller restarts. `history` says where that is possible.
 */
export { authenticationOf } from './authentication';
export { defaultPolicies, parseDefaultPolicy } from './DefaultPolicy';
export type { ClusterSettings, DefaultPolicy } from './DefaultPolicy';
export type {
  Authentication,
  Authorization,
  EffectivePolicy,
  HistoryNote,
  RateLimitPolicy,
  RoutePolicy,
} from './EffectivePolicy';
export { answerInbound, presentAnswer, workloadRefOf } from './InboundAnswer';
export type {
  AnsweredAuthorization,
  AnsweredRoute,
  InboundAnswer,
  WorkloadRef,
} from './InboundAnswer';
export { defaultPolicyOf, inboundPolicy, portsOf } from './inboundPolicy';
export { noPolicies } from './Policies';
export type { Policies } from './Policies';
export { PolicyIndex, selectsWorkload } from './PolicyIndex';
