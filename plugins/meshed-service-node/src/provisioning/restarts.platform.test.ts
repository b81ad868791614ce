import { kinds, names } from '@meshway/plugin-meshed-service-common';
import { platformForTests } from '@meshway/test-platform';
import {
  aRequestFor,
  byAda,
  CLUSTER,
  provisioningOn,
  refusal,
} from './__testUtils__/aCluster';
import { administrator } from './__testUtils__/anAdministrator';
import { FaultProxy, FaultRun, SeenRequest } from './__testUtils__/faultProxy';
import { askVault, seal, unseal } from './__testUtils__/theVault';

/** On a platform of its own: what is killed here, nobody else needs. */
describe('what breaks while a service is made', () => {
  const platform = platformForTests(['kubernetes', 'vault'], { own: true });
  let admin: ReturnType<typeof administrator>;
  let toKubernetes: FaultProxy;
  let toVault: FaultProxy;
  beforeAll(async () => {
    admin = administrator(platform);
    await admin.makeProject();
    const { url, caFile } = platform.kubernetes;
    toKubernetes = await FaultProxy.before(url, caFile);
    toVault = await FaultProxy.before(platform.vault.address);
  });
  afterAll(async () => {
    await toKubernetes?.close();
    await toVault?.close();
  });
  beforeEach(() => {
    for (const proxy of [toKubernetes, toVault]) {
      proxy.run = new FaultRun();
      proxy.meddle = async () => undefined;
    }
  });

  const aService = (fields: object = {}) => {
    const name = platform.newNamespaceName('cart');
    const service = { cluster: CLUSTER, namespace: name, name };
    const { provisioning } = provisioningOn(platform, {
      kubernetesUrl: toKubernetes.url,
      vaultUrl: toVault.url,
      limits: { requestMilliseconds: 5_000 },
    });
    return {
      name,
      provisioning,
      request: aRequestFor(name, {
        phase: 'audit',
        secrets: { delivery: 'vso', paths: ['database'] },
        ...fields,
      }),
      state: async () => {
        const role = await askVault(platform.vault)(
          'GET',
          `auth/kubernetes/role/${names.vaultRole(service)}`,
        );
        const seen = { objects: await admin.contents(name), role: role.data };
        return JSON.parse(JSON.stringify(seen).replaceAll(name, 'NAME'));
      },
    };
  };
  /** @returns a hook that does something right before the first request of this kind, and not again. */
  const once = (
    isIt: (request: SeenRequest) => boolean,
    work: () => Promise<void>,
  ) => {
    let isDone = false;
    return async (request: SeenRequest) => {
      if (isDone || !isIt(request)) return;
      isDone = true;
      await work();
    };
  };
  const writesPolicies = ({ method, path }: SeenRequest) =>
    method === 'PATCH' &&
    path.includes('/authorizationpolicies/') &&
    !path.includes('dryRun');
  const writesTheRole = ({ method, path }: SeenRequest) =>
    method === 'POST' && path.includes('/auth/kubernetes/role/');
  const undisturbed = async () => {
    const { provisioning, request, state } = aService();
    await provisioning.ensure(request, byAda());
    return state();
  };

  it.each([
    ['the API server', 'kube-apiserver'],
    ['etcd', 'etcd'],
  ])(
    'is finished when %s is killed in the middle, and comes back',
    async (_, program) => {
      const expected = await undisturbed();
      const { provisioning, request, state } = aService();
      let restarted: Promise<void> | undefined;
      toKubernetes.meddle = once(writesPolicies, async () => {
        process.kill(platform.processId(program), 'SIGKILL');
        restarted = platform.restart(program);
      });
      const first = await refusal(provisioning.ensure(request, byAda()));
      await restarted;
      // It gets over it by itself, or says that the system is away; never anything else.
      expect(first).toMatch(/^done$|^ServiceUnavailableError/);
      const receipt = await provisioning.ensure(request, byAda());
      const again = await provisioning.ensure(request, byAda());
      expect([
        restarted !== undefined,
        ['written', 'unchanged'].includes(receipt.outcome),
        again.outcome,
        await state(),
      ]).toEqual([true, true, 'unchanged', expected]);
    },
  );

  const fill = async () => {
    await platform.restart('etcd', ['--quota-backend-bytes=1']);
    await platform.kubernetes.server.untilReady();
  };
  const makeRoom = async () => {
    await platform.restart('etcd');
    await clearAlarms(platform.kubernetes.etcd);
    await platform.kubernetes.server.untilReady();
  };

  it('says that the database of the cluster has filled up in the middle, and is finished once there is room', async () => {
    const expected = await undisturbed();
    const { name, provisioning, request, state } = aService();
    toKubernetes.meddle = once(writesPolicies, fill);
    const refused = await refusal(provisioning.ensure(request, byAda()));
    const halfway = await admin.kubernetes.read({ ...kinds.Namespace, name });
    await makeRoom();
    await provisioning.ensure(request, byAda());
    expect([refused, halfway !== undefined, await state()]).toEqual([
      expect.stringMatching(
        /^ServiceUnavailableError: .*The database of cluster local is full/s,
      ),
      true,
      expected,
    ]);
  });

  it('says that Vault is sealed, and writes nothing anywhere', async () => {
    const { name, provisioning, request } = aService();
    await seal(platform);
    const { problems } = await provisioning.plan(request);
    const refused = await refusal(provisioning.ensure(request, byAda()));
    await unseal(platform);
    expect({
      problems,
      refused,
      writes: [...toKubernetes.run.writes, ...toVault.run.writes],
      namespace: await admin.kubernetes.read({ ...kinds.Namespace, name }),
    }).toEqual({
      problems: [
        {
          code: 'vault-sealed',
          system: 'vault',
          message: `Vault at ${toVault.url} is sealed.`,
          fix: 'Unseal it; then repeat. What is done already is found again.',
        },
      ],
      refused: `ServiceUnavailableError: local/${name}/${name} would not work; nothing was written.\nVault at ${toVault.url} is sealed. Unseal it; then repeat. What is done already is found again.`,
      writes: [],
      namespace: undefined,
    });
    const receipt = await provisioning.ensure(request, byAda());
    expect(receipt.outcome).toBe('written');
  });

  it.each([
    ['sealed', () => seal(platform)],
    // Whoever restarts a Vault finds it sealed.
    ['killed and started again', () => platform.restart('vault')],
  ])(
    'is finished once Vault is open, when it is %s in the middle',
    async (_, shut) => {
      const expected = await undisturbed();
      const { name, provisioning, request, state } = aService();
      toVault.meddle = once(writesTheRole, shut);
      const refused = await refusal(provisioning.ensure(request, byAda()));
      const half = Object.keys(await admin.contents(name)).length;
      const blocked = await refusal(provisioning.ensure(request, byAda()));
      await unseal(platform);
      const receipt = await provisioning.ensure(request, byAda());
      expect([refused, half, blocked, receipt.outcome, await state()]).toEqual([
        expect.stringMatching(
          /^ServiceUnavailableError: .*Somebody has to unseal it/,
        ),
        Object.keys(expected.objects).length,
        expect.stringMatching(/nothing was written.*is sealed/s),
        'written',
        expected,
      ]);
    },
  );

  it('stops when the token for Vault is revoked in the middle, and goes on with another', async () => {
    const ask = askVault(platform.vault);
    const { auth } = await ask('POST', 'auth/token/create', {
      policies: ['meshway-portal.local'],
      no_default_policy: true,
    });
    const { name, request } = aService();
    const withToken = (vaultToken: string) =>
      provisioningOn(platform, { vaultUrl: toVault.url, vaultToken });
    toVault.meddle = once(writesTheRole, () =>
      ask('POST', 'auth/token/revoke', { token: auth.client_token }),
    );
    const { provisioning } = withToken(auth.client_token);
    expect(await refusal(provisioning.ensure(request, byAda()))).toBe(
      `ServiceUnavailableError: Writing role meshway.local.${name}.${name} of kubernetes in Vault. Vault ${toVault.url} does not accept the token: it is wrong, or has expired. Renew it under meshedService.vault.`,
    );
    const other = withToken(platform.vault.portalToken);
    const receipt = await other.provisioning.ensure(request, byAda());
    expect(
      receipt.steps
        .filter(({ outcome }) => outcome === 'created')
        .map(({ ref }) => ref.kind),
    ).toEqual(['VaultRole', 'Application']);
  });

  it('needs every kind to be installed, and says which is not and whose it is', async () => {
    const definition = 'httplocalratelimitpolicies.policy.linkerd.io';
    const path = `/apis/apiextensions.k8s.io/v1/customresourcedefinitions/${definition}`;
    await platform.kubernetes.server.send('DELETE', path);
    const { name, request } = aService({ rateLimit: { total: 100 } });
    const missing = async () => {
      const { provisioning } = aService();
      const { problems } = await provisioning.plan(request);
      return problems;
    };
    let problems = await missing();
    // What is served is told a moment after it was deleted.
    for (let look = 0; look < 100 && problems.length === 0; look++)
      problems = await missing();
    expect(problems).toEqual([
      expect.objectContaining({
        code: 'kind-missing',
        system: 'kubernetes',
        message: expect.stringContaining('HTTPLocalRateLimitPolicy'),
      }),
    ]);
    toKubernetes.run = new FaultRun();
    const { provisioning } = aService();
    expect(await refusal(provisioning.ensure(request, byAda()))).toMatch(
      /^ServiceUnavailableError: .*nothing was written.*HTTPLocalRateLimitPolicy/s,
    );
    expect([
      toKubernetes.run.writes,
      await admin.kubernetes.read({ ...kinds.Namespace, name }),
    ]).toEqual([[], undefined]);
  });

  it('says that the database of the cluster is full, and is finished once there is room', async () => {
    const { name, provisioning, request } = aService();
    await fill();
    const refused = await refusal(provisioning.ensure(request, byAda()));
    await makeRoom();
    expect([
      refused,
      await admin.kubernetes.read({ ...kinds.Namespace, name }),
    ]).toEqual([
      expect.stringMatching(
        new RegExp(
          `^ServiceUnavailableError: Claiming Namespace ${name} in cluster local. The database of cluster local is full`,
        ),
      ),
      undefined,
    ]);
    const receipt = await provisioning.ensure(request, byAda());
    expect(receipt.outcome).toBe('written');
  });
});

/** What an operator does once there is room: etcd refuses writes until it is told. */
async function clearAlarms(etcd: string): Promise<void> {
  const ask = async (body: object) => {
    const answer = await fetch(`${etcd}/v3/maintenance/alarm`, {
      method: 'POST',
      body: JSON.stringify(body),
    });
    return answer.json() as Promise<{ alarms?: object[] }>;
  };
  const { alarms = [] } = await ask({ action: 'GET' });
  for (const alarm of alarms) await ask({ action: 'DEACTIVATE', ...alarm });
}
