import {
  KubernetesObject,
  kinds,
  MeshedServiceSpec,
  Problem,
  refOf,
} from '@meshway/plugin-meshed-service-common';
import { ObservedKubernetesObject } from '../../kubernetes';
import { amountOf } from '../../difference';

/**
 * @returns where quotas that others have set in the namespace leave too little room: for the objects that are to be created,
 *   and for the workload, which is not there yet.
 */
export function quotaProblems(
  quotas: readonly ObservedKubernetesObject[],
  toCreate: readonly KubernetesObject[],
  { workload }: Pick<MeshedServiceSpec, 'workload'>,
  isOurs: (quota: KubernetesObject) => boolean,
): Problem[] {
  const { replicas, resources } = workload;
  const times = (amount: string) => replicas * (amountOf(amount) ?? 0);
  const workloadNeeds: Array<[string, number]> = [
    ['pods', replicas],
    ['requests.cpu', times(resources.requests.cpu)],
    ['requests.memory', times(resources.requests.memory)],
    ['limits.memory', times(resources.limits.memory)],
  ];
  return quotas
    .filter(quota => !isOurs(quota))
    .flatMap(quota => {
      const hard = textsIn(quota.spec, 'hard');
      const used = textsIn(quota.status, 'used');
      const nobodyRuns = (amountOf(used.get('pods') ?? '0') ?? 0) === 0;
      return [...hard].flatMap(([key, limit]) => {
        const need =
          countOf(key, toCreate) ??
          (nobodyRuns
            ? workloadNeeds.find(([name]) => name === key)?.[1]
            : undefined);
        const most = amountOf(limit);
        const taken = amountOf(used.get(key) ?? '0') ?? 0;
        if (!need || most === undefined || taken + need <= most) return [];
        const ref = refOf(quota);
        return [
          {
            code: 'quota-exceeded',
            system: 'kubernetes',
            ref,
            message: `ResourceQuota ${ref.namespace}/${ref.name} allows ${limit} of ${key}; ${taken} are used, and ${need} more are needed.`,
            fix: 'Ask whoever set the quota for more, or ask for less.',
          } satisfies Problem,
        ];
      });
    });
}

/** Plurals are those of the kinds that we write. */
const resources: ReadonlyArray<[string, keyof typeof kinds]> = [
  ['serviceaccounts', 'ServiceAccount'],
  ['resourcequotas', 'ResourceQuota'],
  ['roles.rbac.authorization.k8s.io', 'Role'],
  ['rolebindings.rbac.authorization.k8s.io', 'RoleBinding'],
  ['networkpolicies.networking.k8s.io', 'NetworkPolicy'],
  ['servers.policy.linkerd.io', 'Server'],
  ['authorizationpolicies.policy.linkerd.io', 'AuthorizationPolicy'],
  ['meshtlsauthentications.policy.linkerd.io', 'MeshTLSAuthentication'],
  ['networkauthentications.policy.linkerd.io', 'NetworkAuthentication'],
];

function countOf(
  key: string,
  toCreate: readonly KubernetesObject[],
): number | undefined {
  const resource = key.replace(/^count\//, '');
  const kind = resources.find(([name]) => name === resource)?.[1];
  return kind && toCreate.filter(object => object.kind === kind).length;
}

function textsIn(value: unknown, field: string): Map<string, string> {
  const record: unknown = Object(value)[field];
  return new Map(
    Object.entries(Object(record)).flatMap(([key, text]) =>
      typeof text === 'string' ? [[key, text] as const] : [],
    ),
  );
}
