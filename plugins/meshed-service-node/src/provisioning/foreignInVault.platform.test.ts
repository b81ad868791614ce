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
import { FaultProxy, FaultRun } from './__testUtils__/faultProxy';
import { administratorOfVault } from './__testUtils__/theVault';

describe('what is of others in a real Vault', () => {
  const platform = platformForTests(['kubernetes', 'vault']);
  let admin: ReturnType<typeof administrator>;
  let proxy: FaultProxy;
  beforeAll(async () => {
    admin = administrator(platform);
    await admin.makeProject();
    proxy = await FaultProxy.before(platform.vault.address);
  });
  afterAll(() => proxy?.close());

  const theirs = {
    boundServiceAccountNames: ['intruder'],
    boundServiceAccountNamespaces: ['elsewhere'],
    audience: 'vault',
    tokenPolicies: ['default'],
    tokenTtlSeconds: 60,
    tokenMaxTtlSeconds: 60,
    aliasNameSource: 'serviceaccount_uid',
  } as const;
  const aService = (policyPerService = false) => {
    const name = platform.newNamespaceName('cart');
    const service = { cluster: CLUSTER, namespace: name, name };
    const { provisioning, parts } = provisioningOn(platform, {
      vaultUrl: proxy.url,
      // The portal's own policy rightly lets it write no policies.
      ...(policyPerService ? { vaultToken: platform.vault.rootToken } : {}),
    });
    parts.platform = {
      ...parts.platform,
      vault: { ...parts.platform.vault, policyPerService },
    };
    proxy.run = new FaultRun();
    const retirement = {
      service,
      owner: 'group:default/shop',
      delivery: 'apply',
      confirmNamespace: name,
    } as const;
    return {
      name,
      retirement,
      role: names.vaultRole(service),
      provisioning,
      request: aRequestFor(name, {
        secrets: { delivery: 'vso', paths: ['database'] },
      }),
      /** @param meanwhile - what happens while Argo CD deletes what it deployed. */
      retire: async (
        meanwhile: () => Promise<void> = async () => undefined,
      ) => {
        const application = names.argoApplication(service);
        await admin.holdApplication(application);
        const letGo = admin
          .untilDeleted({
            ...kinds.Application,
            namespace: 'argocd',
            name: application,
          })
          .then(meanwhile)
          .then(() => admin.letApplicationGo(application));
        const receipt = await provisioning.retire(retirement, byAda());
        await letGo;
        return receipt;
      },
    };
  };

  it('a role is neither adopted nor changed', async () => {
    const { name, role, provisioning, request } = aService();
    const vault = administratorOfVault(platform);
    await vault.writeRole('kubernetes', role, theirs);
    const { problems } = await provisioning.plan(request);
    expect([
      problems.map(({ code, message }) => [code, message]),
      await refusal(provisioning.ensure(request, byAda())),
      proxy.run.writes,
      await admin.contents(name),
      await vault.readRole('kubernetes', role),
    ]).toEqual([
      [
        [
          'name-taken',
          `VaultRole kubernetes/${role} belongs to somebody who bound it to intruder of elsewhere.`,
        ],
      ],
      expect.stringMatching(/^ConflictError: .*nothing was written/s),
      [],
      {},
      theirs,
    ]);
  });

  it.each([
    'before the service goes',
    'while Argo CD deletes what it deployed',
  ])(
    'a role is not deleted that somebody makes his own %s, and is named',
    async when => {
      const { role, provisioning, request, retirement, retire } = aService();
      await provisioning.ensure(request, byAda());
      const vault = administratorOfVault(platform);
      const take = () => vault.writeRole('kubernetes', role, theirs);
      const isBefore = when.startsWith('before');
      if (isBefore) await take();
      const { objects } = await provisioning.planRetirement(retirement);
      proxy.run = new FaultRun();
      const { outcome, steps } = await retire(isBefore ? undefined : take);
      const left = {
        system: 'vault',
        ref: { ...kinds.VaultRole, name: `kubernetes/${role}` },
        because: 'it belongs to somebody who bound it to intruder of elsewhere',
      };
      expect([
        objects.filter(({ system }) => system === 'vault'),
        outcome,
        steps.filter(({ system }) => system === 'vault'),
        proxy.run.writes,
        await vault.readRole('kubernetes', role),
      ]).toEqual([
        [
          isBefore
            ? { ...left, action: 'left' }
            : { system: 'vault', ref: left.ref, action: 'delete' },
        ],
        'partial',
        [{ ...left, outcome: 'left' }],
        [],
        theirs,
      ]);
    },
  );

  it('a policy is neither adopted, changed nor deleted', async () => {
    const { role, provisioning, request, retire } = aService(true);
    const vault = administratorOfVault(platform);
    const policy = 'path "kv/data/theirs" {\n  capabilities = ["read"]\n}\n';
    await vault.writePolicy(role, policy);
    const { problems } = await provisioning.plan(request);
    const refused = await refusal(provisioning.ensure(request, byAda()));
    const untouched = await vault.readPolicy(role);
    await vault.deletePolicy(role);
    await provisioning.ensure(request, byAda());
    // Somebody has made it his own since.
    await vault.writePolicy(role, policy);
    const { steps } = await retire();
    expect([
      problems.map(({ code, system }) => [code, system]),
      refused,
      untouched,
      steps
        .filter(({ system }) => system === 'vault')
        .map(({ ref, outcome }) => `${ref.kind} ${outcome}`),
      await vault.readPolicy(role),
    ]).toEqual([
      [['name-taken', 'vault']],
      expect.stringMatching(/^ConflictError: .*nothing was written/s),
      policy,
      ['VaultRole deleted', 'VaultPolicy left'],
      policy,
    ]);
  });
});
