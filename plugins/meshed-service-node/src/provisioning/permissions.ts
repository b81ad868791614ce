import { ownerRules, PolicyRule } from '@meshway/plugin-meshed-service-common';
import { watchRules } from '../cluster';
import { AccessQuestion } from '../kubernetes';

/** What is done to a service. */
export type Operation = 'ensure' | 'observe' | 'retire';

/** Rights on one resource, and what each operation needs of them. */
export type Grant = {
  group: string;
  resource: string;
  /** Whether it lives in the namespace of the service, in Argo CD's, or in none. */
  where: 'cluster' | 'service' | 'argocd';
  needs: Partial<Record<Operation, readonly string[]>>;
};

const policy = 'policy.linkerd.io';
const rbac = 'rbac.authorization.k8s.io';
const gateway = 'gateway.networking.k8s.io';
const vso = 'secrets.hashicorp.com';

/** Server-side apply is `patch`, and `create` as well where there is nothing yet. */
const written = {
  ensure: ['get', 'list', 'create', 'patch', 'delete'],
  observe: ['list'],
  retire: ['list', 'delete'],
} as const;

const inService = (group: string, ...resources: string[]): Grant[] =>
  resources.map(resource => ({
    group,
    resource,
    where: 'service',
    needs: written,
  }));

/**
 * Everything that the writer has to be allowed, with the reason. Pre-flight asks for exactly this, and the ClusterRole that is
 * shipped gives exactly this (`writerRules`; `permissions.test.ts` compares).
 */
export const grants: readonly Grant[] = [
  {
    group: '',
    resource: 'namespaces',
    where: 'cluster',
    needs: {
      ensure: ['get', 'create', 'patch'],
      observe: ['get'],
      retire: ['get', 'delete'],
    },
  },
  ...inService('', 'serviceaccounts', 'resourcequotas', 'limitranges'),
  ...inService(rbac, 'roles', 'rolebindings'),
  ...inService('networking.k8s.io', 'networkpolicies'),
  ...inService(
    policy,
    'meshtlsauthentications',
    'networkauthentications',
    'authorizationpolicies',
    'httplocalratelimitpolicies',
    'egressnetworks',
    'servers',
  ),
  ...inService(gateway, 'httproutes', 'grpcroutes'),
  ...inService(vso, 'vaultauths', 'vaultstaticsecrets'),
  {
    group: 'argoproj.io',
    resource: 'applications',
    where: 'argocd',
    needs: {
      ensure: ['get', 'create', 'patch'],
      observe: ['get'],
      retire: ['get', 'delete'],
    },
  },
  {
    group: 'argoproj.io',
    resource: 'appprojects',
    where: 'argocd',
    needs: { ensure: ['get'], observe: ['get'] },
  },
];

/**
 * Kinds that a retirement looks for in a namespace. Not being allowed to is no problem: the kind is named in the plan, and the
 * namespace stays. Secrets are left out on purpose.
 */
export const inventory: readonly PolicyRule[] = [
  rule('', [
    'configmaps',
    'endpoints',
    'events',
    'persistentvolumeclaims',
    'pods',
    'podtemplates',
    'replicationcontrollers',
    'services',
  ]),
  rule('apps', [
    'controllerrevisions',
    'daemonsets',
    'deployments',
    'replicasets',
    'statefulsets',
  ]),
  rule('autoscaling', ['horizontalpodautoscalers']),
  rule('batch', ['cronjobs', 'jobs']),
  rule('coordination.k8s.io', ['leases']),
  rule('discovery.k8s.io', ['endpointslices']),
  rule('events.k8s.io', ['events']),
  rule(gateway, [
    'backendtlspolicies',
    'gateways',
    'listenersets',
    'referencegrants',
    'tcproutes',
    'tlsroutes',
    'udproutes',
  ]),
  rule('linkerd.io', ['serviceprofiles']),
  rule('networking.k8s.io', ['ingresses']),
  rule('argoproj.io', ['applications', 'applicationsets', 'appprojects']),
  rule('policy', ['poddisruptionbudgets']),
  rule(policy, ['httproutes', 'serverauthorizations']),
  rule('resource.k8s.io', ['resourceclaims', 'resourceclaimtemplates']),
  rule('storage.k8s.io', ['csistoragecapacities']),
  rule(vso, [
    'csisecrets',
    'hcpauths',
    'hcpvaultsecretsapps',
    'secrettransformations',
    'vaultauthglobals',
    'vaultconnections',
    'vaultdynamicsecrets',
    'vaultpkisecrets',
  ]),
  rule('workload.linkerd.io', ['externalworkloads']),
];

function rule(group: string, resources: string[]): PolicyRule {
  return { apiGroups: [group], resources, verbs: ['list'] };
}

/** What the owners of a service may do, and so the writer has to: nobody may give what he does not hold. */
export const delegated: readonly PolicyRule[] = ownerRules('').map(
  ({ resourceNames: _, ...each }) => each,
);

/**
 * What the roles of `infra/rbac` hold: in every namespace, in Argo CD's alone, and on single objects in the control plane's.
 *
 * @public
 */
export type RoleRules = {
  cluster: PolicyRule[];
  argocd: PolicyRule[];
  controlPlane: PolicyRule[];
};

/** @returns what the writer's roles hold: no more, no less. @public */
export function writerRules(): RoleRules {
  const { cluster, argocd } = granted(({ needs }) =>
    Object.values(needs).flat(),
  );
  const watched = watchRules();
  return {
    ...watched,
    argocd: [...argocd, ...watched.argocd],
    cluster: [
      ...cluster,
      ...watched.cluster,
      ...delegated,
      ...inventory.map(each => ({ ...each })),
    ],
  };
}

/** @returns what the reader's roles hold: what is read before and after Argo CD writes, and what a status rests on. @public */
export function readerRules(): RoleRules {
  const { cluster, argocd } = granted(({ needs }) => needs.observe ?? []);
  const watched = watchRules();
  return {
    ...watched,
    argocd: [...argocd, ...watched.argocd],
    cluster: [...cluster, ...watched.cluster],
  };
}

function granted(verbsOf: (grant: Grant) => string[] | readonly string[]) {
  const of = (isPlace: (where: Grant['where']) => boolean): PolicyRule[] =>
    grants
      .filter(({ where }) => isPlace(where))
      .map(grant => ({
        apiGroups: [grant.group],
        resources: [grant.resource],
        verbs: [...new Set(verbsOf(grant))].sort(),
      }));
  return {
    cluster: of(where => where !== 'argocd'),
    argocd: of(where => where === 'argocd'),
  };
}

/** @returns what has to be asked before an operation on a service. */
export function questionsFor(
  operation: Operation,
  places: { service: string; argocd: string },
): AccessQuestion[] {
  return grants.flatMap(({ group, resource, where, needs }) =>
    (needs[operation] ?? []).map(verb => ({
      verb,
      group,
      resource,
      ...(where === 'cluster' ? {} : { namespace: places[where] }),
    })),
  );
}

/** @returns what has to be asked before the owners' Role is written. */
export function questionsForDelegation(namespace: string): AccessQuestion[] {
  return delegated.flatMap(({ apiGroups, resources, verbs }) =>
    apiGroups.flatMap(group =>
      resources.flatMap(each => {
        const [resource, subresource] = each.split('/');
        return verbs.map(verb => ({
          verb,
          group,
          resource,
          ...(subresource ? { subresource } : {}),
          namespace,
        }));
      }),
    ),
  );
}
