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
  /** Nothing but these objects, which stand in the namespace of the control plane. */
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
  NetworkPolicy: {
    groups: [served('networking.k8s.io', 'networkpolicies', 'v1')],
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
