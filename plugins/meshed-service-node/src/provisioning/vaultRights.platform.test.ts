import { kinds, names } from '@meshway/plugin-meshed-service-common';
import { platformForTests } from '@meshway/test-platform';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  aRequestFor,
  byAda,
  CLUSTER,
  provisioningOn,
  refusal,
} from './__testUtils__/aCluster';
import { administrator } from './__testUtils__/anAdministrator';
import { FaultProxy, FaultRun } from './__testUtils__/faultProxy';
import { checkout } from './__testUtils__/shippedRoles';
import { askVault } from './__testUtils__/theVault';

/** Something that the shipped policy lets the portal do. */
type Capability = { path: string; capability: string };

const roles = `auth/kubernetes/role/meshway.${CLUSTER}.*`;
/**
 * What is named when one is taken away, by ensure and by retire, about the role of a service. How Vault is, it tells
 * everybody; and that a token is good is asked only after a refusal.
 */
const named: Record<string, { ensure?: string; retire?: string }> = {
  [`create ${roles}`]: { ensure: 'may not create <role>.' },
  [`read ${roles}`]: {
    ensure: 'may not read <role>.',
    retire: 'may not read <role>',
  },
  [`update ${roles}`]: { ensure: 'may not update <role>.' },
  [`delete ${roles}`]: {
    ensure: 'may not delete <role>.',
    retire: 'may not delete <role>.',
  },
  'read sys/health': {},
  'update sys/capabilities-self': {
    ensure: 'may not create or update sys/capabilities-self',
    retire: 'may not create or update sys/capabilities-self',
  },
  'read auth/token/lookup-self': {},
};

describe('pre-flight, with a capability of the portal taken away in a real Vault', () => {
  const platform = platformForTests(['kubernetes', 'vault']);
  const shipped = readFileSync(join(checkout, 'infra/vault/portal.hcl'), 'utf8')
    .replaceAll('CLUSTER', CLUSTER)
    .replaceAll('AUDIENCE', 'vault');
  let admin: ReturnType<typeof administrator>;
  let toCluster: FaultProxy;
  let toVault: FaultProxy;
  beforeAll(async () => {
    admin = administrator(platform);
    await admin.makeProject();
    const { url, caFile } = platform.kubernetes;
    toCluster = await FaultProxy.before(url, caFile);
    toVault = await FaultProxy.before(platform.vault.address);
  });
  afterAll(() => Promise.all([toCluster?.close(), toVault?.close()]));

  it('knows all that there are', () => {
    expect(capabilitiesIn(shipped).map(keyOf).sort()).toEqual(
      Object.keys(named).sort(),
    );
  });

  it.each(capabilitiesIn(shipped).map(each => [keyOf(each), each] as const))(
    'names what is missing without %s, and nothing is written',
    async (key, taken) => {
      const name = platform.newNamespaceName('cart');
      const service = { cluster: CLUSTER, namespace: name, name };
      const role = `auth/kubernetes/role/${names.vaultRole(service)}`;
      const request = aRequestFor(name, {
        secrets: { delivery: 'vso', paths: ['database'] },
      });
      const weak = provisioningOn(platform, {
        kubernetesUrl: toCluster.url,
        vaultUrl: toVault.url,
        vaultToken: await aTokenWith(name, without(shipped, taken)),
      }).provisioning;
      const retirement = {
        service,
        owner: 'group:default/shop',
        delivery: 'apply',
        confirmNamespace: name,
      } as const;
      const { ensure, retire } = named[key];

      toCluster.run = toVault.run = new FaultRun();
      const beforeEnsure = await weak.preflight(request);
      const ensured = ensure
        ? await refusal(weak.ensure(request, byAda()))
        : '';
      const ensureWrites = toVault.run.writes;
      // With all that is shipped it is made, so that there is something to retire.
      await provisioningOn(platform).provisioning.ensure(request, byAda());
      toCluster.run = toVault.run = new FaultRun();
      const beforeRetire = (await weak.planRetirement(retirement)).problems;
      const retired = retire
        ? await refusal(weak.retire(retirement, byAda()))
        : '';
      const expected = (text: string | undefined) =>
        text === undefined ? '' : text.replace('<role>', role);
      const says = (
        problems: typeof beforeRetire,
        text: string | undefined,
        said: string,
      ) => ({
        codes: [...new Set(problems.map(({ code }) => code))],
        isNamed: problems.some(({ message }) =>
          message.includes(expected(text)),
        ),
        refused:
          said.startsWith('NotAllowedError: ') &&
          said.includes('nothing was written') &&
          said.includes(expected(text)),
      });
      const isMissing = (text: string | undefined) => ({
        codes: text ? ['vault-capability-missing'] : [],
        isNamed: text !== undefined,
        refused: text !== undefined,
      });
      expect({
        ensure: says(beforeEnsure, ensure, ensured),
        retire: says(beforeRetire, retire, retired),
        writes: [...ensureWrites, ...toVault.run.writes],
        namespace: (await admin.kubernetes.read({ ...kinds.Namespace, name }))
          ?.metadata.deletionTimestamp,
        application: (
          await admin.kubernetes.read({
            ...kinds.Application,
            namespace: 'argocd',
            name: names.argoApplication(service),
          })
        )?.metadata.name,
      }).toEqual({
        ensure: isMissing(ensure),
        retire: isMissing(retire),
        writes: [],
        namespace: undefined,
        application: names.argoApplication(service),
      });
    },
  );

  function keyOf({ path, capability }: Capability): string {
    return `${capability} ${path}`;
  }

  /** Every path of a policy, with each capability that it gives. */
  function capabilitiesIn(policy: string): Capability[] {
    const blocks = policy.matchAll(
      /^path "([^"]+)" \{\s+capabilities = \[([^\]]+)\]/gm,
    );
    return [...blocks].flatMap(([, path, list]) =>
      list.split(',').map(each => ({ path, capability: JSON.parse(each) })),
    );
  }

  function without(policy: string, { path, capability }: Capability): string {
    const [head, tail] = policy.split(`path "${path}" {`);
    const list = /capabilities = \[([^\]]+)\]/;
    const left = (list.exec(tail)?.[1] ?? '')
      .split(',')
      .filter(each => JSON.parse(each) !== capability);
    // An empty list is none that Vault takes: nothing is granted by denying.
    const given = left.length > 0 ? left.join(',') : '"deny"';
    return `${head}path "${path}" {${tail.replace(
      list,
      `capabilities = [${given}]`,
    )}`;
  }

  /** @returns a token with exactly this policy. */
  async function aTokenWith(unique: string, policy: string): Promise<string> {
    const ask = askVault(platform.vault);
    await ask('PUT', `sys/policies/acl/weak-${unique}`, { policy });
    const { auth } = await ask('POST', 'auth/token/create', {
      policies: [`weak-${unique}`],
      no_default_policy: true,
      ttl: '10m',
    });
    return auth.client_token;
  }
});
