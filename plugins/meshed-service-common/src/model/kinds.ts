/**
 * One kind at one version.
 * Source of the versions: Linkerd 2.20 CRDs, Gateway API 1.5.1, VSO 1.4, Argo CD 3.x.
 */
const kind = <Kind extends string>(apiVersion: string, name: Kind) =>
  ({ apiVersion, kind: name } as const);

/** API group of the payloads that are judged by guardrails and never sent to an API server. @public */
export const MESHWAY_API_VERSION = 'meshway.dev/v1alpha1';

/** Group, version and kind of everything that is rendered or read. @public */
export const kinds = {
  Namespace: kind('v1', 'Namespace'),
  ServiceAccount: kind('v1', 'ServiceAccount'),
  Service: kind('v1', 'Service'),
  Pod: kind('v1', 'Pod'),
  ConfigMap: kind('v1', 'ConfigMap'),
  ResourceQuota: kind('v1', 'ResourceQuota'),
  LimitRange: kind('v1', 'LimitRange'),
  Role: kind('rbac.authorization.k8s.io/v1', 'Role'),
  RoleBinding: kind('rbac.authorization.k8s.io/v1', 'RoleBinding'),
  NetworkPolicy: kind('networking.k8s.io/v1', 'NetworkPolicy'),
  Deployment: kind('apps/v1', 'Deployment'),
  Server: kind('policy.linkerd.io/v1beta3', 'Server'),
  ServerAuthorization: kind('policy.linkerd.io/v1beta1', 'ServerAuthorization'),
  AuthorizationPolicy: kind(
    'policy.linkerd.io/v1alpha1',
    'AuthorizationPolicy',
  ),
  MeshTLSAuthentication: kind(
    'policy.linkerd.io/v1alpha1',
    'MeshTLSAuthentication',
  ),
  NetworkAuthentication: kind(
    'policy.linkerd.io/v1alpha1',
    'NetworkAuthentication',
  ),
  HTTPLocalRateLimitPolicy: kind(
    'policy.linkerd.io/v1alpha1',
    'HTTPLocalRateLimitPolicy',
  ),
  EgressNetwork: kind('policy.linkerd.io/v1alpha1', 'EgressNetwork'),
  HTTPRoute: kind('gateway.networking.k8s.io/v1', 'HTTPRoute'),
  GRPCRoute: kind('gateway.networking.k8s.io/v1', 'GRPCRoute'),
  VaultAuth: kind('secrets.hashicorp.com/v1beta1', 'VaultAuth'),
  VaultStaticSecret: kind('secrets.hashicorp.com/v1beta1', 'VaultStaticSecret'),
  /** The managed part of a service's kustomization. */
  KustomizeComponent: kind('kustomize.config.k8s.io/v1alpha1', 'Component'),
  Application: kind('argoproj.io/v1alpha1', 'Application'),
  AppProject: kind('argoproj.io/v1alpha1', 'AppProject'),
  /** Kubernetes-auth role in Vault. Payload only. */
  VaultRole: kind(MESHWAY_API_VERSION, 'VaultRole'),
  /** ACL policy in Vault. Payload only. */
  VaultPolicy: kind(MESHWAY_API_VERSION, 'VaultPolicy'),
  /** The file that an admin-owned ApplicationSet reads. Payload only. */
  ArgoRegistration: kind(MESHWAY_API_VERSION, 'ArgoRegistration'),
  /** Record that a name is taken, where no Argo CD application shall be made of it. Payload only. */
  ServiceClaim: kind(MESHWAY_API_VERSION, 'ServiceClaim'),
  /** A strategic-merge patch on the team's workload (kustomize). Payload only. */
  WorkloadPatch: kind(MESHWAY_API_VERSION, 'WorkloadPatch'),
  /** The stamp. */
  MeshedService: kind(MESHWAY_API_VERSION, 'MeshedService'),
} as const;
