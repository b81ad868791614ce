import { controlPlaneConfigs } from './kinds';
import { ObservedKind, observedKinds } from './Observation';

/** One API group that serves a kind, and its versions, the preferred one first. @public */
export type ServedGroup = {
  /** Empty for the core group. */
  group: string;
  versions: readonly string[];
  /** Plural, as in paths. */
  resource: string;
};

/**
 * What has to be watched to know a kind.
 *
 * @public
 */
export type ObservedResource = {
  kind: ObservedKind;
  groups: readonly ServedGroup[];
  scope: 'cluster' | 'namespace';
  /** Nothing but what stands in the namespace of Linkerd's control plane, or in Argo CD's. */
  within?: 'controlPlane' | 'argocd';
  /** Nothing but the objects of these names. */
  only?: { names: readonly string[] };
  /** `metadata`: whatever else stands in the object changes no answer, so it need not be sent. */
  body: 'whole' | 'metadata';
};

const served = (
  group: string,
  resource: string,
  ...versions: string[]
): ServedGroup => ({ group, resource, versions });

const linkerdPolicy = 'policy.linkerd.io';
const gateway = 'gateway.networking.k8s.io';

const table: Record<ObservedKind, Omit<ObservedResource, 'kind'>> = {
  Namespace: {
    groups: [served('', 'namespaces', 'v1')],
    scope: 'cluster',
    body: 'metadata',
  },
  Pod: {
    groups: [served('', 'pods', 'v1')],
    scope: 'namespace',
    body: 'whole',
  },
  Server: {
    groups: [served(linkerdPolicy, 'servers', 'v1beta3', 'v1beta2', 'v1beta1')],
    scope: 'namespace',
    body: 'whole',
  },
  AuthorizationPolicy: {
    groups: [served(linkerdPolicy, 'authorizationpolicies', 'v1alpha1')],
    scope: 'namespace',
    body: 'whole',
  },
  ServerAuthorization: {
    groups: [
      served(linkerdPolicy, 'serverauthorizations', 'v1beta1', 'v1alpha1'),
    ],
    scope: 'namespace',
    body: 'whole',
  },
  MeshTLSAuthentication: {
    groups: [served(linkerdPolicy, 'meshtlsauthentications', 'v1alpha1')],
    scope: 'namespace',
    body: 'whole',
  },
  NetworkAuthentication: {
    groups: [served(linkerdPolicy, 'networkauthentications', 'v1alpha1')],
    scope: 'namespace',
    body: 'whole',
  },
  HTTPRoute: {
    groups: [
      served(linkerdPolicy, 'httproutes', 'v1beta3', 'v1beta2', 'v1beta1'),
      served(gateway, 'httproutes', 'v1', 'v1beta1'),
    ],
    scope: 'namespace',
    body: 'whole',
  },
  GRPCRoute: {
    groups: [served(gateway, 'grpcroutes', 'v1', 'v1alpha2')],
    scope: 'namespace',
    body: 'whole',
  },
  HTTPLocalRateLimitPolicy: {
    groups: [served(linkerdPolicy, 'httplocalratelimitpolicies', 'v1alpha1')],
    scope: 'namespace',
    body: 'whole',
  },
  EgressNetwork: {
    groups: [served(linkerdPolicy, 'egressnetworks', 'v1alpha1')],
    scope: 'namespace',
    body: 'whole',
  },
  ExternalWorkload: {
    groups: [
      served('workload.linkerd.io', 'externalworkloads', 'v1beta1', 'v1alpha1'),
    ],
    scope: 'namespace',
    body: 'whole',
  },
  NetworkPolicy: {
    groups: [served('networking.k8s.io', 'networkpolicies', 'v1')],
    scope: 'namespace',
    body: 'whole',
  },
  Deployment: {
    groups: [served('apps', 'deployments', 'v1')],
    scope: 'namespace',
    body: 'whole',
  },
  StatefulSet: {
    groups: [served('apps', 'statefulsets', 'v1')],
    scope: 'namespace',
    body: 'whole',
  },
  DaemonSet: {
    groups: [served('apps', 'daemonsets', 'v1')],
    scope: 'namespace',
    body: 'whole',
  },
  // Links of the chain from a pod to what it belongs to.
  ReplicaSet: {
    groups: [served('apps', 'replicasets', 'v1')],
    scope: 'namespace',
    body: 'metadata',
  },
  Job: {
    groups: [served('batch', 'jobs', 'v1')],
    scope: 'namespace',
    body: 'metadata',
  },
  CronJob: {
    groups: [served('batch', 'cronjobs', 'v1')],
    scope: 'namespace',
    body: 'metadata',
  },
  Service: {
    groups: [served('', 'services', 'v1')],
    scope: 'namespace',
    body: 'whole',
  },
  ServiceAccount: {
    groups: [served('', 'serviceaccounts', 'v1')],
    scope: 'namespace',
    body: 'metadata',
  },
  ConfigMap: {
    groups: [served('', 'configmaps', 'v1')],
    scope: 'namespace',
    body: 'whole',
    within: 'controlPlane',
    only: { names: Object.values(controlPlaneConfigs) },
  },
  Certificate: {
    groups: [served('cert-manager.io', 'certificates', 'v1')],
    scope: 'namespace',
    body: 'whole',
  },
  Application: {
    groups: [served('argoproj.io', 'applications', 'v1alpha1')],
    scope: 'namespace',
    within: 'argocd',
    body: 'whole',
  },
  VaultAuth: {
    groups: [served('secrets.hashicorp.com', 'vaultauths', 'v1beta1')],
    scope: 'namespace',
    body: 'whole',
  },
  VaultStaticSecret: {
    groups: [served('secrets.hashicorp.com', 'vaultstaticsecrets', 'v1beta1')],
    scope: 'namespace',
    body: 'whole',
  },
};

/**
 * Everything that a status can rest on, as an API server names it: the one list of what is watched.
 *
 * @public
 */
export const observedResources: readonly ObservedResource[] = observedKinds.map(
  kind => ({ kind, ...table[kind] }),
);

/** @returns whether a kind of that name is the observed one: other groups have kinds of the same name. */
export function servesKind(kind: ObservedKind, apiVersion: string): boolean {
  const slash = apiVersion.indexOf('/');
  const group = slash < 0 ? '' : apiVersion.slice(0, slash);
  return table[kind].groups.some(each => each.group === group);
}
