import type { KubernetesObject } from '../model';
import {
  AuthorizationPolicy,
  authorizationPolicyFromKubernetes,
  EgressNetwork,
  egressNetworkFromKubernetes,
  ExternalWorkload,
  externalWorkloadFromKubernetes,
  HTTPLocalRateLimitPolicy,
  httpLocalRateLimitPolicyFromKubernetes,
  InboundRoute,
  inboundRouteFromKubernetes,
  isUnreadable,
  MeshTLSAuthentication,
  meshTLSAuthenticationFromKubernetes,
  NetworkAuthentication,
  networkAuthenticationFromKubernetes,
  Origin,
  Pod,
  podFromKubernetes,
  Server,
  ServerAuthorization,
  serverAuthorizationFromKubernetes,
  serverFromKubernetes,
  Unreadable,
} from '../mesh';
import {
  Application,
  applicationFromKubernetes,
  Certificate,
  certificateFromKubernetes,
  ControlPlaneConfig,
  controlPlaneConfigFromKubernetes,
  KubernetesService,
  kubernetesServiceFromKubernetes,
  Namespace,
  namespaceFromKubernetes,
  NetworkPolicy,
  networkPolicyFromKubernetes,
  PodController,
  podControllerFromKubernetes,
  ServiceAccount,
  serviceAccountFromKubernetes,
  VaultAuth,
  vaultAuthFromKubernetes,
  VaultStaticSecret,
  vaultStaticSecretFromKubernetes,
  WorkloadKind,
} from './kinds';
import type { ObservedKind } from './Observation';
import { servesKind } from './observedResources';

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
  HTTPLocalRateLimitPolicy: HTTPLocalRateLimitPolicy;
  EgressNetwork: EgressNetwork;
  ExternalWorkload: ExternalWorkload;
  NetworkPolicy: NetworkPolicy;
  Service: KubernetesService;
  ServiceAccount: ServiceAccount;
  ConfigMap: ControlPlaneConfig;
  Certificate: Certificate;
  Application: Application;
  VaultAuth: VaultAuth;
  VaultStaticSecret: VaultStaticSecret;
} & Record<WorkloadKind, PodController>;

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

const doors: {
  [Kind in ObservedKind]: (
    object: KubernetesObject,
  ) => ObservedValues[Kind] | Unreadable | undefined;
} = {
  Namespace: namespaceFromKubernetes,
  Pod: podFromKubernetes,
  Server: serverFromKubernetes,
  AuthorizationPolicy: authorizationPolicyFromKubernetes,
  ServerAuthorization: serverAuthorizationFromKubernetes,
  MeshTLSAuthentication: meshTLSAuthenticationFromKubernetes,
  NetworkAuthentication: networkAuthenticationFromKubernetes,
  HTTPRoute: inboundRouteFromKubernetes,
  GRPCRoute: inboundRouteFromKubernetes,
  HTTPLocalRateLimitPolicy: httpLocalRateLimitPolicyFromKubernetes,
  EgressNetwork: egressNetworkFromKubernetes,
  ExternalWorkload: externalWorkloadFromKubernetes,
  NetworkPolicy: networkPolicyFromKubernetes,
  Deployment: podControllerFromKubernetes,
  StatefulSet: podControllerFromKubernetes,
  DaemonSet: podControllerFromKubernetes,
  ReplicaSet: podControllerFromKubernetes,
  Job: podControllerFromKubernetes,
  CronJob: podControllerFromKubernetes,
  Service: kubernetesServiceFromKubernetes,
  ServiceAccount: serviceAccountFromKubernetes,
  ConfigMap: controlPlaneConfigFromKubernetes,
  Certificate: certificateFromKubernetes,
  Application: applicationFromKubernetes,
  VaultAuth: vaultAuthFromKubernetes,
  VaultStaticSecret: vaultStaticSecretFromKubernetes,
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
  return servesKind(kind, object.apiVersion) ? kind : undefined;
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
  const value = enter(kind, object);
  if (value === undefined) return undefined;
  return isUnreadable(value)
    ? { kind: 'refused', of: kind, value }
    : ({ kind, value } as ObservedObject);
}

/** What has no name cannot be found; what a door cannot cope with takes no other object with it. */
function enter(
  kind: ObservedKind,
  object: KubernetesObject,
): Origin | Unreadable | undefined {
  const { apiVersion } = object;
  const { name, namespace } = Object(object.metadata);
  const ref = { apiVersion, kind, name: String(name ?? '') };
  if (typeof name !== 'string' || !isTextOrAbsent(namespace)) {
    const because = 'metadata.name and metadata.namespace must be texts';
    return { ref, because };
  }
  try {
    return doors[kind](object);
  } catch {
    return {
      ref: namespace ? { ...ref, namespace } : ref,
      because: 'it has a form that no such object has',
    };
  }
}

function isTextOrAbsent(value: unknown): value is string | undefined {
  return value === undefined || typeof value === 'string';
}
