import { kinds, names } from '@meshway/plugin-meshed-service-common';
import { platformForTests } from '@meshway/test-platform';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  aRequestFor,
  byAda,
  CLUSTER,
  portalOn,
  provisioningOn,
  refusal,
} from './__testUtils__/aCluster';
import { administrator } from './__testUtils__/anAdministrator';
import { FaultProxy, FaultRun } from './__testUtils__/faultProxy';
import { administratorOfVault } from './__testUtils__/theVault';
import { RetirementRequest } from './MeshedServiceProvisioning';

const nowhere = {
  vaultUrl: 'http://127.0.0.1:1',
  limits: { attempts: 1 },
} as const;

describe('what a service leaves in a real Vault', () => {
  const platform = platformForTests(['kubernetes', 'vault']);
  let admin: ReturnType<typeof administrator>;
  let proxy: FaultProxy;
  let folder: string;
  beforeAll(async () => {
    admin = administrator(platform);
    await admin.makeProject();
    proxy = await FaultProxy.before(platform.vault.address);
    folder = mkdtempSync(join(tmpdir(), 'meshway-'));
  });
  afterAll(async () => {
    await proxy?.close();
    if (folder) rmSync(folder, { recursive: true });
  });

  type Settings = Parameters<typeof provisioningOn>[1];
  /** @param withForge - its repository and its claim are kept, as by a portal. */
  const aService = (settings: Settings = {}, withForge = false) => {
    const name = platform.newNamespaceName('cart');
    const service = { cluster: CLUSTER, namespace: name, name };
    const portal = withForge ? portalOn(platform, folder) : undefined;
    const on = (change: Settings = {}) =>
      provisioningOn(platform, {
        vaultUrl: proxy.url,
        ...(portal
          ? { publishing: portal.publishing, platform: portal.settings }
          : {}),
        ...settings,
        ...change,
      }).provisioning;
    const retirement: RetirementRequest = {
      service,
      owner: 'group:default/shop',
      delivery: 'apply',
      confirmNamespace: name,
    };
    proxy.run = new FaultRun();
    return {
      name,
      portal,
      service,
      provisioning: on(),
      on,
      asking: (delivery: 'vso' | 'agent' | 'none') =>
        aRequestFor(name, {
          secrets: {
            delivery,
            paths: delivery === 'none' ? [] : ['database'],
          },
        }),
      roleName: names.vaultRole(service),
      role: () =>
        administratorOfVault(platform).readRole(
          'kubernetes',
          names.vaultRole(service),
        ),
      retirement,
      application: {
        ...kinds.Application,
        namespace: 'argocd',
        name: names.argoApplication(service),
      },
      namespace: { ...kinds.Namespace, name },
    };
  };
  const inVault = (
    all: ReadonlyArray<{
      system: string;
      ref: { kind: string };
      action?: string;
      outcome?: string;
    }>,
  ) =>
    all
      .filter(
        ({ system, ref }) => system === 'vault' || /^Vault/.test(ref.kind),
      )
      .map(({ ref, action, outcome }) => `${ref.kind} ${action ?? outcome}`);
  const codes = (problems: ReadonlyArray<{ system: string; code: string }>) =>
    problems.map(({ system, code }) => `${system} ${code}`);
  const vaultFinding = async (
    provisioning: ReturnType<typeof aService>['provisioning'],
    request: ReturnType<typeof aRequestFor>,
    completeRole = false,
  ) => {
    const { findings } = await provisioning.verify(request, {
      waitSeconds: 0,
      completeRole,
    });
    const found = findings.find(({ part }) => part === 'vaultRole');
    return [found?.state, found?.message];
  };

  it.each(['vso', 'agent'] as const)(
    'takes the role away when secrets by %s are no longer asked for',
    async delivery => {
      const { provisioning, asking, role, roleName } = aService();
      await provisioning.ensure(asking(delivery), byAda());
      expect(await role()).toBeDefined();
      const none = asking('none');
      const ofOperator = delivery === 'vso';
      const plan = await provisioning.plan(none);
      const found = await vaultFinding(provisioning, none);
      const receipt = await provisioning.ensure(none, byAda());
      expect({
        plan: inVault(plan.objects).sort(),
        found,
        receipt: inVault(receipt.steps),
        role: await role(),
        foundThen: await vaultFinding(provisioning, none),
        planThen: (await provisioning.plan(none)).outcome,
      }).toEqual({
        plan: [
          ...(ofOperator ? ['VaultAuth delete'] : []),
          'VaultRole delete',
          ...(ofOperator ? ['VaultStaticSecret delete'] : []),
        ],
        found: [
          'degraded',
          `The service asks for no secrets, and VaultRole kubernetes/${roleName} still lets it read some that it asked for before.`,
        ],
        receipt: [
          ...(ofOperator
            ? ['VaultStaticSecret deleted', 'VaultAuth deleted']
            : []),
          'VaultRole deleted',
        ],
        role: undefined,
        foundThen: ['ok', 'The service asks for no secrets.'],
        planThen: 'unchanged',
      });
    },
  );

  it('takes it away by itself, too, and by whoever verifies', async () => {
    const { provisioning, asking, role } = aService();
    await provisioning.ensure(asking('agent'), byAda());
    const none = asking('none');
    const completed = await vaultFinding(provisioning, none, true);
    expect([completed[0], await role()]).toEqual(['ok', undefined]);
    await provisioning.ensure(asking('agent'), byAda());
    const receipt = await provisioning.ensurePart('vaultRole', none, byAda());
    expect([inVault(receipt.steps), await role()]).toEqual([
      ['VaultRole deleted'],
      undefined,
    ]);
  });

  it('takes a policy of its own along', async () => {
    const { provisioning, asking, role, roleName } = aService({
      // The portal's own policy rightly lets it write no policies.
      vaultToken: platform.vault.rootToken,
      platform: {
        ...portalOn(platform, folder).settings,
        vault: {
          ...portalOn(platform, folder).settings.vault,
          policyPerService: true,
        },
      },
    });
    await provisioning.ensure(asking('agent'), byAda());
    const receipt = await provisioning.ensure(asking('none'), byAda());
    expect([
      inVault(receipt.steps),
      await role(),
      await administratorOfVault(platform).readPolicy(roleName),
    ]).toEqual([
      ['VaultRole deleted', 'VaultPolicy deleted'],
      undefined,
      undefined,
    ]);
  });

  it('leaves a role that somebody has made his own, and names it', async () => {
    const { provisioning, asking, role, roleName } = aService();
    await provisioning.ensure(asking('agent'), byAda());
    const theirs = {
      ...(await role())!,
      boundServiceAccountNames: ['intruder'],
    };
    await administratorOfVault(platform).writeRole(
      'kubernetes',
      roleName,
      theirs,
    );
    proxy.run = new FaultRun();
    const receipt = await provisioning.ensure(asking('none'), byAda());
    expect([
      inVault(receipt.steps),
      (await vaultFinding(provisioning, asking('none')))[0],
      proxy.run.writes,
      await role(),
    ]).toEqual([['VaultRole left'], 'ok', [], theirs]);
  });

  it('asks Vault once for a service that never asked for secrets, and does without', async () => {
    const { provisioning, asking, on } = aService();
    const none = asking('none');
    await provisioning.ensure(none, byAda());
    const first = proxy.run.requests.length;
    await provisioning.ensure(none, byAda());
    const away = on(nowhere);
    expect({
      first,
      again: proxy.run.requests.length - first,
      away: (await away.ensure(none, byAda())).outcome,
      found: await vaultFinding(away, none),
      without: (await on({ withVault: false }).ensure(none, byAda())).outcome,
    }).toEqual({
      first: 0,
      again: 1,
      away: 'unchanged',
      found: [
        'ok',
        'The service asks for no secrets; Vault could not be asked whether it holds a role of before.',
      ],
      without: 'unchanged',
    });
  });

  it('wants Vault where something says that there were secrets: what logs in, or the stamp', async () => {
    const operator = aService();
    await operator.provisioning.ensure(operator.asking('vso'), byAda());
    const agent = aService({}, true);
    await agent.provisioning.ensure(agent.asking('agent'), byAda());
    const problems = async (
      { on, asking }: typeof operator,
      settings: Settings,
    ) => codes(await on(settings).preflight(asking('none')));
    expect([
      await problems(operator, nowhere),
      await problems(operator, { withVault: false }),
      await problems(agent, nowhere),
    ]).toEqual([
      ['vault unreachable'],
      ['vault vault-not-configured'],
      ['vault unreachable'],
    ]);
  });

  it.each([
    ['vso', false, / role \S+ would stay: VaultAuth \S+ says that /],
    ['agent', true, / role \S+ would stay: the stamp in its repository says /],
  ] as const)(
    'retires nothing that has secrets by %s while no Vault is configured',
    async (delivery, withForge, words) => {
      const { provisioning, on, asking, retirement, role, namespace } =
        aService({}, withForge);
      await provisioning.ensure(asking(delivery), byAda());
      const without = on({ withVault: false });
      const { problems } = await without.planRetirement(retirement);
      expect([
        codes(problems),
        problems[0]?.message,
        await refusal(without.retire(retirement, byAda())),
        (await admin.kubernetes.read(namespace))?.metadata.deletionTimestamp,
        (await role()) !== undefined,
      ]).toEqual([
        ['vault vault-not-configured'],
        expect.stringMatching(words),
        expect.stringContaining('nothing was written'),
        undefined,
        true,
      ]);
    },
  );

  it.each([
    ['takes it away by the claim', true],
    ['names it where nothing proves whose it is', false],
  ])(
    'when namespace and application were deleted by hand: %s',
    async (_, withForge) => {
      const { provisioning, asking, retirement, role, ...made } = aService(
        {},
        withForge,
      );
      await provisioning.ensure(asking('agent'), byAda());
      const letGo = admin.letApplicationGo(made.application.name);
      await admin.remove(made.application);
      await letGo;
      await admin.remove(made.namespace);
      await admin.untilGone(made.namespace);
      const { objects } = await provisioning.planRetirement(retirement);
      const { outcome, steps } = await provisioning.retire(retirement, byAda());
      const claim = await made.portal?.publishing.registry.readClaim(
        made.service,
      );
      expect([
        inVault(objects),
        outcome,
        steps.map(step => `${step.ref.kind} ${step.outcome}`),
        (await role()) === undefined,
        claim,
      ]).toEqual(
        withForge
          ? [
              ['VaultRole delete'],
              'written',
              [
                'Application absent',
                'VaultRole deleted',
                'ServiceClaim deleted',
              ],
              true,
              undefined,
            ]
          : [
              ['VaultRole left'],
              'partial',
              ['Application absent', 'VaultRole left'],
              false,
              undefined,
            ],
      );
    },
  );
});
