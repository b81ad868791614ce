import {
  annotations,
  kinds,
  names,
  readStamp,
  ReceiptStep,
  STAMP_PATH,
  toYaml,
} from '@meshway/plugin-meshed-service-common';
import { platformForTests } from '@meshway/test-platform';
import {
  aRequestFor,
  byAda,
  CLUSTER,
  portalOn,
  provisioningOn,
} from './__testUtils__/aCluster';
import { administrator } from './__testUtils__/anAdministrator';
import { administratorOfVault } from './__testUtils__/theVault';
import { RetirementRequest } from './MeshedServiceProvisioning';

const shop = 'group:default/shop';

describe('deliveries, on a real API server, Vault and Argo CD', () => {
  const platform = platformForTests(['kubernetes', 'argocd', 'vault']);
  // How fast Argo CD is, is the machine's business.
  jest.setTimeout(1_800_000);
  let admin: ReturnType<typeof administrator>;
  beforeAll(() => {
    admin = administrator(platform);
  });
  const secrets = { delivery: 'vso', paths: ['database'] };
  const patient = byAda({ waitSeconds: 400 });

  const aService = (mode: 'gitops' | 'apply') => {
    const name = platform.newNamespaceName('shop');
    const { publishing, forge, settings } = portalOn(platform);
    const { provisioning, vault } = provisioningOn(platform, {
      publishing,
      platform: settings,
    });
    const service = { cluster: CLUSTER, namespace: name, name };
    const retirement: RetirementRequest = {
      service,
      owner: shop,
      delivery: mode,
      confirmNamespace: name,
    };
    return {
      name,
      service,
      forge,
      publishing,
      provisioning,
      retirement,
      request: aRequestFor(name, {
        phase: 'observe',
        secrets,
        delivery: {
          mode,
          repository: name,
          project: mode === 'gitops' ? 'shop' : 'shop-apply',
        },
      }),
      role: () => vault?.readRole('kubernetes', names.vaultRole(service)),
      namespace: () => admin.kubernetes.read({ ...kinds.Namespace, name }),
      application: () =>
        admin.kubernetes.read({
          ...kinds.Application,
          namespace: 'argocd',
          name: names.argoApplication(service),
        }),
    };
  };
  const states = (findings: ReadonlyArray<{ part: string; state: string }>) =>
    Object.fromEntries(findings.map(({ part, state }) => [part, state]));
  const summary = ({ steps }: { steps: ReceiptStep[] }) =>
    steps.map(({ ref, outcome }) => `${ref.kind} ${outcome}`);
  const allWell = {
    namespace: 'ok',
    serviceAccount: 'ok',
    linkerdPolicy: 'ok',
    vaultRole: 'ok',
    argoApplication: 'ok',
  };

  it('delivers by git: Argo CD writes the cluster, we the Vault role once the namespace is ours', async () => {
    const { provisioning, request, role, namespace, application, ...made } =
      aService('gitops');
    const plan = await provisioning.plan(request);
    expect([plan.outcome, plan.problems, plan.violations]).toEqual([
      'create',
      [],
      [],
    ]);
    const receipt = await provisioning.ensure(request, patient);
    expect([
      receipt.outcome,
      receipt.steps.map(({ ref, outcome }) => `${ref.kind} ${outcome}`),
    ]).toEqual([
      'written',
      ['ArgoRegistration committed', 'VaultRole created'],
    ]);
    expect(await role()).toMatchObject({
      boundServiceAccountNames: [made.name],
      boundServiceAccountNamespaces: [made.name],
    });
    expect((await namespace())?.metadata.uid).toBe(receipt.namespaceUid);

    const verification = await provisioning.verify(request, {
      waitSeconds: 400,
    });
    expect([verification.state, states(verification.findings)]).toEqual([
      'ok',
      allWell,
    ]);
    const again = await provisioning.ensure(request, patient);
    expect([again.outcome, (await provisioning.plan(request)).outcome]).toEqual(
      ['unchanged', 'unchanged'],
    );

    // Forward for review, back at once.
    const forward = await provisioning.setPhase(
      { request, phase: 'audit', reason: 'Seen for a week' },
      patient,
    );
    expect([forward.outcome, forward.steps[0].outcome]).toEqual([
      'proposed',
      'proposed',
    ]);
    const [change] = await made.forge.listChanges(made.name);
    expect(change.description).toContain('Reason: Seen for a week');
    await made.forge.mergeChange(made.name, change.id, patient.author);
    const { service } = request;
    const audited = {
      ...request,
      service: { ...Object(service), phase: 'audit' },
    };
    const inAudit = await provisioning.verify(audited, { waitSeconds: 400 });
    expect(inAudit.state).toBe('ok');
    const back = await provisioning.setPhase(
      { request: audited, phase: 'observe' },
      patient,
    );
    expect([back.outcome, back.steps[0].outcome]).toEqual([
      'written',
      'committed',
    ]);
    expect(
      (await provisioning.verify(request, { waitSeconds: 400 })).state,
    ).toBe('ok');

    const retired = await provisioning.retire(made.retirement, patient);
    expect([
      retired.outcome,
      retired.steps.map(({ ref, outcome }) => `${ref.kind} ${outcome}`),
    ]).toEqual([
      'written',
      [
        'ServiceClaim committed',
        'Application deleted',
        'VaultRole deleted',
        'Namespace deleted',
        'ServiceClaim deleted',
      ],
    ]);
    expect([
      await application(),
      await role(),
      await namespace(),
      await made.publishing.registry.readClaim(made.service),
    ]).toEqual([undefined, undefined, undefined, undefined]);
  });

  it('delivers by apply: we write the cluster, Argo CD the workload', async () => {
    const { provisioning, request, role, namespace, ...made } =
      aService('apply');
    const receipt = await provisioning.ensure(request, patient);
    expect([
      receipt.outcome,
      receipt.repository?.name,
      [...new Set(receipt.steps.map(({ outcome }) => outcome))],
    ]).toEqual(['written', made.name, ['committed', 'created']]);
    const verification = await provisioning.verify(request, {
      waitSeconds: 400,
    });
    expect([verification.state, states(verification.findings)]).toEqual([
      'ok',
      allWell,
    ]);
    expect(
      await admin.kubernetes.list(kinds.Deployment, { namespace: made.name }),
    ).toHaveLength(1);

    // The stamp follows the cluster, so that what is recorded is what is.
    const { service } = request;
    const other = {
      ...request,
      service: { ...Object(service), description: 'Keeps what is bought' },
    };
    const changed = await provisioning.ensure(other, patient);
    const { files } = (await made.forge.read(made.name)) ?? {};
    expect([
      changed.steps.at(-1),
      readStamp(files?.get(STAMP_PATH) ?? '').spec.description,
      (await provisioning.plan(other)).outcome,
    ]).toEqual([
      {
        system: 'repository',
        ref: { ...kinds.MeshedService, name: made.name },
        outcome: 'committed',
      },
      'Keeps what is bought',
      'unchanged',
    ]);

    const retired = await provisioning.retire(made.retirement, patient);
    expect([
      retired.outcome,
      retired.steps
        .filter(({ system }) => system !== 'kubernetes')
        .map(({ ref, outcome }) => `${ref.kind} ${outcome}`),
    ]).toEqual([
      'written',
      ['Application deleted', 'VaultRole deleted', 'ServiceClaim deleted'],
    ]);
    expect([await role(), await namespace()]).toEqual([undefined, undefined]);
  });

  it('keeps a namespace of git that holds something of others', async () => {
    const { provisioning, request, name, namespace, retirement, ...made } =
      aService('gitops');
    // Nobody waits for Argo CD here: whoever verifies later writes the Vault role.
    const hasty = await provisioning.ensure(request, byAda({ waitSeconds: 0 }));
    expect([
      hasty.outcome,
      hasty.steps.map(({ ref, outcome }) => `${ref.kind} ${outcome}`),
    ]).toEqual([
      'partial',
      ['ArgoRegistration committed', 'VaultRole waiting'],
    ]);
    const verification = await provisioning.verify(request, {
      waitSeconds: 400,
      completeRole: true,
    });
    expect(states(verification.findings)).toEqual(allWell);

    // Secrets are no longer asked for: once merged, Argo CD takes away what logs in, and then the role goes.
    const without = {
      ...request,
      service: {
        ...Object(request.service),
        secrets: { delivery: 'none', paths: [] },
      },
    };
    await made.publishing.propose(without, patient);
    const [change] = await made.forge.listChanges(name);
    await made.forge.mergeChange(name, change.id, patient.author);
    const early = await provisioning.ensure(without, byAda({ waitSeconds: 0 }));
    const cleared = await provisioning.ensure(without, patient);
    expect([
      summary(early),
      summary(cleared),
      await made.role(),
      (await provisioning.plan(without)).outcome,
    ]).toEqual([
      ['ArgoRegistration unchanged', 'VaultRole waiting'],
      ['ArgoRegistration unchanged', 'VaultRole deleted'],
      undefined,
      'unchanged',
    ]);
    expect(
      await admin.kubernetes.list(kinds.VaultAuth, { namespace: name }),
    ).toEqual([]);

    await admin.apply({
      ...kinds.ConfigMap,
      metadata: { name: 'theirs', namespace: name },
      data: { a: toYaml({ b: 1 }) },
    });
    const retired = await provisioning.retire(retirement, patient);
    expect(retired.steps.at(-1)).toEqual({
      system: 'kubernetes',
      ref: { ...kinds.Namespace, name },
      outcome: 'left',
      because: `it holds 1 object of others: ConfigMap ${name}/theirs`,
    });
    expect([
      (await namespace())?.metadata.annotations?.[annotations.owner],
      Object.keys(await admin.contents(name)),
    ]).toEqual([shop, []]);
  });

  it('never touches a role of others', async () => {
    const { provisioning, request, service, role } = aService('apply');
    const vault = administratorOfVault(platform);
    const theirs = {
      boundServiceAccountNames: ['intruder'],
      boundServiceAccountNamespaces: ['elsewhere'],
      audience: 'vault',
      tokenPolicies: ['default'],
      tokenTtlSeconds: 60,
      tokenMaxTtlSeconds: 60,
      aliasNameSource: 'serviceaccount_uid',
    } as const;
    await vault.writeRole('kubernetes', names.vaultRole(service), theirs);
    const before = await role();
    const { problems } = await provisioning.plan(request);
    expect(problems.map(({ code, system }) => [code, system])).toEqual([
      ['name-taken', 'vault'],
    ]);
    expect(await role()).toEqual(before);
  });
});
