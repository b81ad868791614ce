/**
 * What a Linkerd control plane makes of the objects in a namespace.
 *
 *   Pod ─┐
 *   Server ─┼─► inboundPolicy(pod, port) ─► EffectivePolicy ─► status/checks
 *   AuthorizationPolicy ─► MeshTLSAuthentication, NetworkAuthentication ─┤
 *   HTTPRoute, GRPCRoute, ServerAuthorization ─┘
 *
 * In: objects narrowed by their `…FromKubernetes` door, which refuses what a policy controller would not use, and says why.
 * Out: values, never objects. The rules are the controller's own, as observed on a real one. An object that a door refused
 * may still have its former meaning in a controller that saw it before: an answer rests on objects, not on history.
 */
export {
  authorizationPolicyFromKubernetes,
  LINKERD_POLICY_GROUP,
} from './AuthorizationPolicy';
export type {
  AuthenticationRef,
  AuthorizationPolicy,
  PolicyTarget,
} from './AuthorizationPolicy';
export type { Authentications } from './authorize';
export { defaultPolicies, parseDefaultPolicy } from './DefaultPolicy';
export type { ClusterSettings, DefaultPolicy } from './DefaultPolicy';
export type {
  Authentication,
  Authorization,
  EffectivePolicy,
  Network,
  ProxyProtocol,
  RoutePolicy,
} from './EffectivePolicy';
export {
  defaultPolicyOf,
  inboundPolicy,
  portsOf,
  selectsPod,
  serversOf,
} from './inboundPolicy';
export type { Policies } from './inboundPolicy';
export { inboundRouteFromKubernetes } from './InboundRoute';
export type { InboundRoute } from './InboundRoute';
export { labelSelectorSchema, selects } from './LabelSelector';
export type { LabelSelector } from './LabelSelector';
export {
  authenticationOf,
  meshTLSAuthenticationFromKubernetes,
} from './MeshTLSAuthentication';
export type { MeshTLSAuthentication } from './MeshTLSAuthentication';
export { networkAuthenticationFromKubernetes } from './NetworkAuthentication';
export type { NetworkAuthentication } from './NetworkAuthentication';
export { bypassesProxy, hasEnded, podFromKubernetes } from './Pod';
export type { Pod } from './Pod';
export { serverFromKubernetes } from './Server';
export type { Server } from './Server';
export { serverAuthorizationFromKubernetes } from './ServerAuthorization';
export type { ServerAuthorization } from './ServerAuthorization';
