import type { KubernetesObject } from '../../model';
import { isUnreadable, Origin, Unreadable } from '../readable';
import {
  authorizationPolicyFromKubernetes,
  ExternalWorkload,
  externalWorkloadFromKubernetes,
  httpLocalRateLimitPolicyFromKubernetes,
  inboundRouteFromKubernetes,
  meshTLSAuthenticationFromKubernetes,
  networkAuthenticationFromKubernetes,
  Pod,
  podFromKubernetes,
  serverAuthorizationFromKubernetes,
  serverFromKubernetes,
  Workload,
} from './kinds';
import { PolicyIndex, WorkloadRef } from './inbound';

/**
 * What a Linkerd control plane finds among objects of any kind.
 *
 * @public
 */
export type LinkerdObjects = {
  pods: Pod[];
  externalWorkloads: ExternalWorkload[];
  index: PolicyIndex;
  /** Workloads that could not be read. What was refused of policies is in the index. */
  unreadable: Unreadable[];
};

const doors = {
  'Pod.': podFromKubernetes,
  'ExternalWorkload.workload.linkerd.io': externalWorkloadFromKubernetes,
  'Server.policy.linkerd.io': serverFromKubernetes,
  'AuthorizationPolicy.policy.linkerd.io': authorizationPolicyFromKubernetes,
  'ServerAuthorization.policy.linkerd.io': serverAuthorizationFromKubernetes,
  'MeshTLSAuthentication.policy.linkerd.io':
    meshTLSAuthenticationFromKubernetes,
  'NetworkAuthentication.policy.linkerd.io':
    networkAuthenticationFromKubernetes,
  'HTTPLocalRateLimitPolicy.policy.linkerd.io':
    httpLocalRateLimitPolicyFromKubernetes,
  'HTTPRoute.policy.linkerd.io': inboundRouteFromKubernetes,
  'HTTPRoute.gateway.networking.k8s.io': inboundRouteFromKubernetes,
  'GRPCRoute.gateway.networking.k8s.io': inboundRouteFromKubernetes,
} as const satisfies Record<
  string,
  (object: KubernetesObject) => Origin | Unreadable | undefined
>;
type Kind = keyof typeof doors;
type Value<K extends Kind> = Exclude<
  ReturnType<(typeof doors)[K]>,
  Unreadable | undefined
>;

/**
 * Each object comes through the door of its kind. One that is refused takes no other with it.
 *
 * @public
 */
export function readLinkerdObjects(
  objects: Iterable<KubernetesObject>,
): LinkerdObjects {
  const values = new Map<Kind, Origin[]>();
  const refused: Unreadable[] = [];
  const listOf = (kind: Kind): Origin[] => {
    const list = values.get(kind) ?? [];
    values.set(kind, list);
    return list;
  };
  for (const object of objects) {
    const kind = kindOf(object);
    const value = kind && enter(kind, object);
    if (!kind || !value) continue;
    if (isUnreadable(value)) refused.push(value);
    else listOf(kind).push(value);
  }
  const all = <K extends Kind>(kind: K) =>
    (values.get(kind) ?? []) as Array<Value<K>>;
  const ofPolicies = ({ ref }: Unreadable) =>
    ref.kind !== 'Pod' && ref.kind !== 'ExternalWorkload';
  return {
    pods: all('Pod.'),
    externalWorkloads: all('ExternalWorkload.workload.linkerd.io'),
    index: PolicyIndex.create({
      servers: all('Server.policy.linkerd.io'),
      authorizationPolicies: all('AuthorizationPolicy.policy.linkerd.io'),
      serverAuthorizations: all('ServerAuthorization.policy.linkerd.io'),
      meshTLSAuthentications: all('MeshTLSAuthentication.policy.linkerd.io'),
      networkAuthentications: all('NetworkAuthentication.policy.linkerd.io'),
      rateLimits: all('HTTPLocalRateLimitPolicy.policy.linkerd.io'),
      routes: [
        ...all('HTTPRoute.policy.linkerd.io'),
        ...all('HTTPRoute.gateway.networking.k8s.io'),
        ...all('GRPCRoute.gateway.networking.k8s.io'),
      ],
      refused: refused.filter(ofPolicies),
    }),
    unreadable: refused.filter(each => !ofPolicies(each)),
  };
}

/**
 * @returns the workload of that name.
 *
 * @public
 */
export function findWorkload(
  { pods, externalWorkloads }: LinkerdObjects,
  ref: WorkloadRef,
): Workload | undefined {
  const [candidates, name] =
    'pod' in ref ? [pods, ref.pod] : [externalWorkloads, ref.externalWorkload];
  return (candidates as readonly Workload[]).find(
    each => each.namespace === ref.namespace && each.name === name,
  );
}

/**
 * @returns whether an object is of a kind that can change an inbound policy.
 *
 * @public
 */
export function concernsLinkerd(object: KubernetesObject): boolean {
  return kindOf(object) !== undefined;
}

/** What has no name cannot be found, and has no say. */
function enter(
  kind: Kind,
  object: KubernetesObject,
): Origin | Unreadable | undefined {
  const { name, namespace } = Object(object.metadata);
  if (
    typeof name === 'string' &&
    (namespace ?? '') === String(namespace ?? '')
  ) {
    return doors[kind](object);
  }
  const { apiVersion, kind: written } = object;
  return {
    ref: { apiVersion, kind: written, name: String(name ?? '') },
    because: 'metadata.name and metadata.namespace must be texts',
  };
}

function kindOf(object: KubernetesObject): Kind | undefined {
  const { apiVersion, kind } = Object(object) as KubernetesObject;
  const [group, version] = String(apiVersion).split('/');
  const key = `${kind}.${version === undefined ? '' : group}`;
  return Object.hasOwn(doors, key) ? (key as Kind) : undefined;
}
