/**
 * What of Kubernetes objects can change an inbound policy, one kind per file.
 *
 *   KubernetesObject ─► …FromKubernetes ─► value | Unreadable
 *
 * A door refuses what a policy controller would not use, and says why; everything else takes the values as they are.
 * Forms are as strict and as lenient as the controller's own: what it fills in is filled in, what it cannot read is refused.
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
export { externalWorkloadFromKubernetes } from './ExternalWorkload';
export type { ExternalWorkload } from './ExternalWorkload';
export { httpLocalRateLimitPolicyFromKubernetes } from './HTTPLocalRateLimitPolicy';
export type { HTTPLocalRateLimitPolicy } from './HTTPLocalRateLimitPolicy';
export { inboundRouteFromKubernetes } from './InboundRoute';
export type { InboundRoute } from './InboundRoute';
export { labelSelectorSchema, selects } from './LabelSelector';
export type { LabelExpression, LabelSelector } from './LabelSelector';
export { meshTLSAuthenticationFromKubernetes } from './MeshTLSAuthentication';
export type { MeshTLSAuthentication } from './MeshTLSAuthentication';
export { canonicalNetwork, holds, isNetwork } from './network';
export type { Network } from './network';
export { networkAuthenticationFromKubernetes } from './NetworkAuthentication';
export type { NetworkAuthentication } from './NetworkAuthentication';
export type { RouteParent } from './parents';
export { bypassesProxy, hasEnded, isPod, podFromKubernetes } from './Pod';
export type { Pod } from './Pod';
export type {
  FilterHeaders,
  GrpcMatch,
  HostMatch,
  HttpMatch,
  RouteFilter,
  RouteRule,
  ValueMatch,
} from './RouteRule';
export { serverFromKubernetes } from './Server';
export type { ProxyProtocol, Server } from './Server';
export { serverAuthorizationFromKubernetes } from './ServerAuthorization';
export type { ServerAuthorization } from './ServerAuthorization';
export { proxySettingsIn } from './Workload';
export type { Workload } from './Workload';
export { egressNetworkFromKubernetes } from './EgressNetwork';
export type { EgressNetwork } from './EgressNetwork';
