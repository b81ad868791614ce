import { kinds, names, type KubernetesObject } from '../model';
import type { MeshedServiceSpec } from '../spec';
import { ownedMetadata } from './metadata';

const read = ['get', 'list', 'watch'];

/**
 * What the owners may do in the namespace: see everything but Secrets, restart and scale their own workload.
 * Policies and accounts are changed by a change of the spec, never by hand.
 */
export function renderRole(spec: MeshedServiceSpec): KubernetesObject {
  const workload = [names.workload(spec)];
  return {
    ...kinds.Role,
    metadata: ownedMetadata(spec, names.ownerRole(spec)),
    rules: [
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
        resourceNames: workload,
        verbs: ['patch'],
      },
      {
        apiGroups: ['apps'],
        resources: ['deployments/scale'],
        resourceNames: workload,
        verbs: ['get', 'patch', 'update'],
      },
    ],
  };
}
