import {
  defaultPlatform,
  KubernetesObject,
  PolicyRule,
} from '@meshway/plugin-meshed-service-common';
import { platformForTests } from '@meshway/test-platform';
import { defaultRequestLimits, HttpSender, Secret } from '../http';
import { ArgoCdResources } from '../argocd';
import { KubernetesOverHttp } from '../kubernetes';
import { aRequestFor, CLUSTER, provisioningOn } from './__testUtils__/aCluster';
import { administrator } from './__testUtils__/anAdministrator';
import {
  describeRight,
  Right,
  rightsOf,
  rulesOf,
  shippedRules,
} from './__testUtils__/shippedRoles';
import { DefaultProvisioning } from './DefaultProvisioning';
import { delegated, grants, Operation } from './permissions';

const rbac = 'rbac.authorization.k8s.io/v1';
/** How many are taken away from one account. */
const AT_ONCE = 12;

describe('pre-flight, with a right of the writer taken away', () => {
  const platform = platformForTests(['kubernetes']);
  let accounts: string;
  beforeAll(async () => {
    await administrator(platform).makeProject();
    accounts = platform.newNamespaceName('accounts');
    await platform.kubernetes.server.apply({
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: accounts },
    });
  });

  const inCluster = rightsOf(shippedRules('writer', 'ClusterRole'));
  const inArgo = rightsOf(shippedRules('writer', 'Role', 'argocd'));

  it('misses nothing while the writer has them all', async () => {
    const account = await anAccountWith('all', inCluster, inArgo);
    expect(await missing(account, 'ensure')).toEqual([]);
    expect(await missing(account, 'retire')).toEqual([]);
  });

  it.each(['ensure', 'retire'] as const)(
    'names exactly those that %s needs, some at once and each of them once',
    async operation => {
      for (const [round, taken] of rounds(operation).entries()) {
        const names = taken.map(describeRight).sort();
        const left = (all: readonly Right[], where: 'argocd' | 'elsewhere') =>
          all.filter(
            right =>
              !taken.some(
                each =>
                  (each.where === 'argocd') === (where === 'argocd') &&
                  describeRight(each) === describeRight(right),
              ),
          );
        const account = await anAccountWith(
          `${operation}-${round}`,
          left(inCluster, 'elsewhere'),
          left(inArgo, 'argocd'),
        );
        expect(await missing(account, operation, names.length)).toEqual(names);
      }
    },
  );

  /**
   * Every right that an operation is asked about, once. What is passed on stands apart: it is asked about only where the
   * cluster could be looked at.
   */
  function rounds(operation: Operation) {
    const own = grants.flatMap(({ group, resource, where, needs }) =>
      (needs[operation] ?? []).map(verb => ({ verb, group, resource, where })),
    );
    const known = own.map(describeRight);
    const passedOn = rightsOf(operation === 'ensure' ? delegated : [])
      .filter(right => !known.includes(describeRight(right)))
      .map(right => ({ ...right, where: 'service' as const }));
    return [own, passedOn].flatMap(rights =>
      Array.from({ length: Math.ceil(rights.length / AT_ONCE) }, (_, index) =>
        rights.slice(index * AT_ONCE, (index + 1) * AT_ONCE),
      ),
    );
  }

  /** @returns a token of an account with exactly these rights. */
  async function anAccountWith(
    name: string,
    cluster: readonly Right[],
    argocd: readonly Right[],
  ): Promise<string> {
    const { server } = platform.kubernetes;
    const unique = `${accounts}-${name}`;
    const { namespace } = defaultPlatform.argocd;
    const subjects = [{ kind: 'ServiceAccount', name, namespace: accounts }];
    const bound = (
      kind: 'ClusterRole' | 'Role',
      rules: PolicyRule[],
    ): KubernetesObject[] => {
      const metadata = {
        name: unique,
        ...(kind === 'Role' ? { namespace } : {}),
      };
      return [
        { apiVersion: rbac, kind, metadata, rules },
        {
          apiVersion: rbac,
          kind: `${kind}Binding`,
          metadata,
          roleRef: {
            apiGroup: 'rbac.authorization.k8s.io',
            kind,
            name: unique,
          },
          subjects,
        },
      ];
    };
    for (const object of [
      ...bound('ClusterRole', rulesOf(cluster)),
      ...bound('Role', rulesOf(argocd)),
      {
        apiVersion: 'v1',
        kind: 'ServiceAccount',
        metadata: { name, namespace: accounts },
      },
    ])
      await server.apply(object);
    return server.requestToken(accounts, name);
  }

  /** @returns the rights that pre-flight misses. Roles take effect a moment after they are written, so it looks again. */
  async function missing(
    token: string,
    operation: 'ensure' | 'retire',
    expected = 0,
  ): Promise<string[]> {
    let last: string[] = [];
    for (let look = 0; look < 20; look++) {
      last = await missingNow(token, operation);
      if (last.length === expected) return last;
      await new Promise(resolve => setTimeout(resolve, 200));
    }
    return last;
  }

  async function missingNow(token: string, operation: 'ensure' | 'retire') {
    const { url, caFile } = platform.kubernetes;
    const kubernetes = new KubernetesOverHttp(
      CLUSTER,
      { kind: 'address', url, caFile, token: new Secret(token) },
      new HttpSender(defaultRequestLimits),
    );
    const { parts } = provisioningOn(platform, { withVault: false });
    const provisioning = new DefaultProvisioning({
      ...parts,
      cluster: () => ({
        kubernetes,
        argocd: new ArgoCdResources(
          kubernetes,
          defaultPlatform.argocd.namespace,
        ),
        vault: undefined,
      }),
    });
    const name = 'not-there-yet';
    try {
      const problems =
        operation === 'ensure'
          ? await provisioning.preflight(aRequestFor(name))
          : (
              await provisioning.planRetirement({
                service: { cluster: CLUSTER, namespace: name, name },
                owner: 'group:default/shop',
                delivery: 'apply',
              })
            ).problems;
      return [
        ...new Set(
          problems
            .filter(({ code }) => code === 'permission-missing')
            .map(({ message }) => rightIn(message)),
        ),
      ].sort();
    } finally {
      await kubernetes.close();
    }
  }

  const rightIn = (message: string) =>
    / may not (.+?)(?: in namespace \S+)?\.$/.exec(message)?.[1] ?? message;
});
