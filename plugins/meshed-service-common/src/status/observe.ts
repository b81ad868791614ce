import type { KubernetesObject, ServiceRef } from '../model';
import { labels, workloadLabels } from '../model';
import {
  AuthorizationPolicy,
  authorizationPolicyFromKubernetes,
  ClusterSettings,
  compareText,
  hasEnded,
  InboundRoute,
  inboundRouteFromKubernetes,
  isUnreadable,
  MeshTLSAuthentication,
  meshTLSAuthenticationFromKubernetes,
  NetworkAuthentication,
  networkAuthenticationFromKubernetes,
  noPolicies,
  Origin,
  Pod,
  podFromKubernetes,
  PolicyIndex,
  Server,
  ServerAuthorization,
  serverAuthorizationFromKubernetes,
  serverFromKubernetes,
  Unreadable,
} from '../mesh';
import { Namespace, namespaceFromKubernetes } from './Namespace';
import { NetworkPolicy, networkPolicyFromKubernetes } from './NetworkPolicy';
import {
  KindFreshness,
  Observation,
  ObservedKind,
  policyKinds,
} from './Observation';

/** What the door of each kind makes of its objects. @public */
export type ObservedValues = {
  Namespace: Namespace;
  Pod: Pod;
  Server: Server;
  AuthorizationPolicy: AuthorizationPolicy;
  ServerAuthorization: ServerAuthorization;
  MeshTLSAuthentication: MeshTLSAuthentication;
  NetworkAuthentication: NetworkAuthentication;
  HTTPRoute: InboundRoute;
  GRPCRoute: InboundRoute;
  NetworkPolicy: NetworkPolicy;
};

/**
 * One object as it came through its door: narrowed once, when it was seen.
 *
 * @public
 */
export type ObservedObject =
  | {
      [Kind in ObservedKind]: { kind: Kind; value: ObservedValues[Kind] };
    }[ObservedKind]
  | { kind: 'refused'; of: ObservedKind; value: Unreadable };

const doors = {
  Namespace: namespaceFromKubernetes,
  Pod: podFromKubernetes,
  Server: serverFromKubernetes,
  AuthorizationPolicy: authorizationPolicyFromKubernetes,
  ServerAuthorization: serverAuthorizationFromKubernetes,
  MeshTLSAuthentication: meshTLSAuthenticationFromKubernetes,
  NetworkAuthentication: networkAuthenticationFromKubernetes,
  HTTPRoute: inboundRouteFromKubernetes,
  GRPCRoute: inboundRouteFromKubernetes,
  NetworkPolicy: networkPolicyFromKubernetes,
} as const;

const groups: Record<ObservedKind, readonly string[]> = {
  Namespace: ['v1'],
  Pod: ['v1'],
  Server: ['policy.linkerd.io'],
  AuthorizationPolicy: ['policy.linkerd.io'],
  ServerAuthorization: ['policy.linkerd.io'],
  MeshTLSAuthentication: ['policy.linkerd.io'],
  NetworkAuthentication: ['policy.linkerd.io'],
  HTTPRoute: ['policy.linkerd.io', 'gateway.networking.k8s.io'],
  GRPCRoute: ['gateway.networking.k8s.io'],
  NetworkPolicy: ['networking.k8s.io'],
};

/**
 * @returns the kind that an object is observed as; undefined for kinds of no interest, also other groups' of that name.
 *
 * @public
 */
export function observedKindOf(object: {
  apiVersion: string;
  kind: string;
}): ObservedKind | undefined {
  if (!Object.hasOwn(doors, object.kind)) return undefined;
  const kind = object.kind as ObservedKind;
  return groups[kind].includes(object.apiVersion.split('/')[0])
    ? kind
    : undefined;
}

/**
 * @returns an object through its door; undefined when no status can rest on it.
 *
 * @public
 */
export function observeObject(
  object: KubernetesObject,
): ObservedObject | undefined {
  const kind = observedKindOf(object);
  if (!kind) return undefined;
  const value = doors[kind](object);
  if (value === undefined) return undefined;
  return isUnreadable(value)
    ? { kind: 'refused', of: kind, value }
    : ({ kind, value } as ObservedObject);
}

/**
 * @param observed - objects of the service's namespace, and authentications from anywhere, in any order.
 * @returns what is known about one service: the same for the same facts, whatever their order.
 *
 * @public
 */
export function observationOf(
  service: ServiceRef,
  observed: readonly ObservedObject[],
  context: {
    source: string;
    settings: ClusterSettings;
    freshness: Readonly<Record<ObservedKind, KindFreshness>>;
  },
): Observation {
  const all = <Kind extends ObservedKind>(kind: Kind) =>
    observed
      .filter(each => each.kind === kind)
      .map(({ value }) => value as ObservedValues[Kind]);
  const here = ({ namespace }: Origin) => namespace === service.namespace;
  return {
    service,
    ...context,
    namespace: all('Namespace').find(({ name }) => name === service.namespace),
    pods: all('Pod')
      .filter(pod => isOfService(pod, service) && !hasEnded(pod))
      .sort(byPlace),
    index: PolicyIndex.create({
      ...noPolicies,
      servers: all('Server').filter(here).sort(byPlace),
      authorizationPolicies: all('AuthorizationPolicy')
        .filter(here)
        .sort(byPlace),
      serverAuthorizations: all('ServerAuthorization')
        .filter(here)
        .sort(byPlace),
      meshTLSAuthentications: all('MeshTLSAuthentication').sort(byPlace),
      networkAuthentications: all('NetworkAuthentication').sort(byPlace),
      routes: [...all('HTTPRoute'), ...all('GRPCRoute')]
        .filter(here)
        .sort(byPlace),
      refused: observed.flatMap(each =>
        each.kind === 'refused' && ofPolicy(each.of) ? [each.value] : [],
      ),
    }),
    networkPolicies: all('NetworkPolicy').filter(here).sort(byPlace),
    unreadable: observed
      .flatMap(each => (each.kind === 'refused' ? [each.value] : []))
      .filter(({ ref }) => ref.namespace === service.namespace)
      .sort(
        (a, b) =>
          compareText(a.ref.kind, b.ref.kind) ||
          compareText(a.ref.name, b.ref.name),
      ),
  };
}

/**
 * @returns whether a pod is of a service: same namespace, and the label that its workload selects by.
 *
 * @public
 */
export function isOfService(pod: Pod, service: ServiceRef): boolean {
  return (
    pod.namespace === service.namespace &&
    Object.entries(workloadLabels(service)).every(
      ([key, value]) => pod.labels.get(key) === value,
    )
  );
}

/** @returns the Servers that were made for a service, whatever they select. */
export function serversOfService({
  service,
  index,
}: Observation): readonly Server[] {
  return index.policies.servers.filter(
    server => server.labels.get(labels.service) === service.name,
  );
}

function ofPolicy(kind: ObservedKind): boolean {
  return policyKinds.some(each => each === kind);
}

function byPlace(a: Origin, b: Origin): number {
  return (
    compareText(a.namespace, b.namespace) ||
    compareText(a.ref.kind, b.ref.kind) ||
    compareText(a.name, b.name)
  );
}
