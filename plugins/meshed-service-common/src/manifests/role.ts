import { kinds, names, type KubernetesObject } from '../model';
import type { MeshedServiceSpec } from '../spec';
import { ownedMetadata } from './metadata';

const read: string[] = ['get', 'list', 'watch'];

/**
 * What the owners may do in the namespace: see everything but Secrets, restart and scale their own workload.
 * Policies and accounts are changed by a change of the spec, never by hand.
 */
export function renderRole(spec: MeshedServiceSpec): KubernetesObject {
  return {
    ...kinds.Role,
    metadata: ownedMetadata(spec, names.ownerRole(spec)),
    rules: ownerRules(names.workload(spec)),
  };
}

/** A rule of a Role. @public */
export type PolicyRule = {
  apiGroups: string[];
  resources: string[];
  verbs: string[];
  resourceNames?: string[];
};

/**
 * @returns what owners may do. Whoever writes the Role has to hold all of it: the API server lets nobody give what he does
 *   not have.
 * @public
 */
export function ownerRules(workload: string): PolicyRule[] {
  return [
    {
      apiGroups: [''],
      resources: [
        'configmaps',
        'events',
        'limitranges',
        'pods',
        'pods/log',
        'resourcequotas',
        'serviceaccounts',
        'services',
      ],
      verbs: read,
    },
    {
      apiGroups: ['apps'],
      resources: ['deployments', 'replicasets'],
      verbs: read,
    },
    {
      apiGroups: ['discovery.k8s.io'],
      resources: ['endpointslices'],
      verbs: read,
    },
    {
      apiGroups: ['networking.k8s.io'],
      resources: ['networkpolicies'],
      verbs: read,
    },
    {
      apiGroups: ['policy.linkerd.io', 'gateway.networking.k8s.io'],
      resources: [
        'authorizationpolicies',
        'egressnetworks',
        'grpcroutes',
        'httplocalratelimitpolicies',
        'httproutes',
        'meshtlsauthentications',
        'networkauthentications',
        'servers',
      ],
      verbs: read,
    },
    {
      apiGroups: ['apps'],
      resources: ['deployments'],
      resourceNames: [workload],
      verbs: ['patch'],
    },
    {
      apiGroups: ['apps'],
      resources: ['deployments/scale'],
      resourceNames: [workload],
      verbs: ['get', 'patch', 'update'],
    },
  ];
}
