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
  PROJECT,
  provisioningOn,
  refusal,
} from './__testUtils__/aCluster';
import {
  aForeignAccount,
  aForeignNamespace,
} from './__testUtils__/anAdministrator';
import { aWatchedCluster } from './__testUtils__/aWatchedCluster';
import { FaultRun } from './__testUtils__/faultProxy';
import { RetirementRequest } from './MeshedServiceProvisioning';
import { namespaceClaim } from './ownership';

describe('retire, on a real API server', () => {
  const platform = platformForTests(['kubernetes']);
  const cluster = aWatchedCluster(platform);

  const aService = async () => {
    const made = cluster.aService();
    const { name, provisioning } = made;
    await provisioning.ensure(made.request, byAda());
    cluster.proxy.run = new FaultRun();
    const service = { cluster: CLUSTER, namespace: name, name };
    const request: RetirementRequest = {
      service,
      owner: 'group:default/shop',
      delivery: 'apply',
    };
    return {
      name,
      provisioning,
      request,
      /** Nobody runs Argo CD here: its part is to let the application go. */
      retire: async (
        change: Partial<RetirementRequest> = {},
        options = byAda(),
      ) => {
        const letGo = cluster.admin.letApplicationGo(
          names.argoApplication(service),
        );
        const receipt = await provisioning.retire(
          { ...request, ...change },
          options,
        );
        await letGo;
        return receipt;
      },
      namespace: () =>
        cluster.admin.kubernetes.read({ ...kinds.Namespace, name }),
    };
  };
  const summary = (
    steps: ReadonlyArray<{
      ref: { kind: string };
      outcome: string;
      because?: string;
    }>,
  ) => steps.map(({ ref, outcome }) => `${ref.kind} ${outcome}`);

  it('plans what goes and names first the kinds that nobody looks at, and writes nothing', async () => {
    const { name, provisioning, request } = await aService();
    const plan = await provisioning.planRetirement(request);
    expect({
      objects: plan.objects.map(({ ref, action }) => `${ref.kind} ${action}`),
      namespace: plan.namespace,
      foreign: plan.foreign,
      unseen: plan.unseen,
      problems: plan.problems,
      writes: cluster.proxy.run.writes,
    }).toEqual({
      objects: [
        'Application delete',
        'Server delete',
        'Server delete',
        'GRPCRoute delete',
        'GRPCRoute delete',
        'AuthorizationPolicy delete',
        'AuthorizationPolicy delete',
        'AuthorizationPolicy delete',
        'NetworkAuthentication delete',
        'MeshTLSAuthentication delete',
        'NetworkPolicy delete',
        'NetworkPolicy delete',
        'RoleBinding delete',
        'Role delete',
        'ServiceAccount delete',
      ],
      namespace: {
        name,
        action: 'leave',
        because:
          'nobody can say whether it holds secrets of others, which may not be listed; confirm the name of the namespace to delete it all the same',
      },
      foreign: [],
      unseen: ['secrets'],
      problems: [],
      writes: [],
    });
  });

  it('leaves the namespace in place, emptied, unless its name is confirmed', async () => {
    const { name, retire, namespace } = await aService();
    const receipt = await retire();
    expect([receipt.outcome, summary(receipt.steps)]).toEqual([
      'partial',
      expect.arrayContaining(['Application deleted', 'Namespace left']),
    ]);
    expect([
      (await namespace())?.metadata.deletionTimestamp,
      Object.keys(await cluster.admin.contents(name)),
    ]).toEqual([undefined, []]);

    const confirmed = await retire({ confirmNamespace: name });
    expect([confirmed.outcome, summary(confirmed.steps)]).toEqual([
      'written',
      ['Application absent', 'Namespace deleted'],
    ]);
    expect(await namespace()).toBeUndefined();

    const repeated = await retire({ confirmNamespace: name });
    expect([repeated.outcome, summary(repeated.steps)]).toEqual([
      'unchanged',
      ['Application absent'],
    ]);
  });

  it('deletes what Argo CD and Kubernetes have made along, and not what others have', async () => {
    const { name, retire, namespace } = await aService();
    await cluster.admin.apply(aForeignAccount(name, 'robot'));
    const receipt = await retire({ confirmNamespace: name });
    expect(receipt.steps.at(-1)).toEqual({
      system: 'kubernetes',
      ref: { ...kinds.Namespace, name },
      outcome: 'left',
      because: `it holds 1 object of others: ServiceAccount ${name}/robot`,
    });
    expect([
      (await namespace())?.metadata.deletionTimestamp,
      Object.keys(await cluster.admin.contents(name)).sort(),
    ]).toEqual([undefined, ['ServiceAccount/robot']]);
  });

  it('waits for the application, and says so when it takes too long', async () => {
    const { name, provisioning, request } = await aService();
    // Where an Argo CD runs for other tests, it would let the application go.
    const held = (finalizers: string[]) =>
      cluster.admin.apply({
        ...kinds.Application,
        metadata: {
          name: names.argoApplication(request.service),
          namespace: 'argocd',
          finalizers,
        },
      });
    await held(['example.com/held']);
    const receipt = await provisioning.retire(
      request,
      byAda({ waitSeconds: 0.5 }),
    );
    await held([]);
    expect([receipt.outcome, summary(receipt.steps)]).toEqual([
      'partial',
      ['Application waiting'],
    ]);
    // What the workload needs is still there.
    expect(Object.keys(await cluster.admin.contents(name))).toHaveLength(14);
  });

  it('finds an application that Argo CD makes while the registration is withdrawn, and what it brought along', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'meshway-'));
    const { publishing, settings } = portalOn(platform, folder);
    const name = platform.newNamespaceName('cart');
    const service = { cluster: CLUSTER, namespace: name, name };
    const { provisioning } = provisioningOn(platform, {
      withVault: false,
      publishing,
      platform: settings,
    });
    const delivery = { mode: 'gitops', repository: name, project: PROJECT };
    await provisioning.ensure(aRequestFor(name, { delivery }), byAda());
    const application = {
      ...kinds.Application,
      namespace: 'argocd',
      name: names.argoApplication(service),
    };
    const owner = 'group:default/shop';
    const { admin } = cluster;
    // Nobody runs Argo CD here: this is what it does when it has read the registration a moment before.
    const asArgoCd = async (step: string) => {
      if (step.startsWith('Withdrawing')) {
        await admin.apply(namespaceClaim({ service, owner }));
        const { namespace } = application;
        await admin.apply({
          ...kinds.Application,
          metadata: { name: application.name, namespace },
          spec: {
            project: PROJECT,
            destination: {},
            source: { repoURL: 'https://git.example.com/x.git' },
          },
        });
      }
      if (step.startsWith('Waiting for Argo CD'))
        await admin.remove(application);
    };
    const done: Array<Promise<void>> = [];
    const receipt = await provisioning.retire(
      { service, owner, delivery: 'gitops', confirmNamespace: name },
      byAda({ onStep: step => done.push(asArgoCd(step)) }),
    );
    await Promise.all(done);
    rmSync(folder, { recursive: true });
    expect([receipt.outcome, summary(receipt.steps)]).toEqual([
      'written',
      [
        'ServiceClaim committed',
        'Application deleted',
        'Namespace deleted',
        'ServiceClaim deleted',
      ],
    ]);
    expect(await admin.kubernetes.read({ ...kinds.Namespace, name })).toBe(
      undefined,
    );
  });

  it('keeps the name while Argo CD makes the application once more', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'meshway-'));
    const { publishing, settings } = portalOn(platform, folder);
    const name = platform.newNamespaceName('cart');
    const service = { cluster: CLUSTER, namespace: name, name };
    const { provisioning } = provisioningOn(platform, {
      withVault: false,
      kubernetesUrl: cluster.proxy.url,
      publishing,
      platform: settings,
    });
    const delivery = { mode: 'gitops', repository: name, project: PROJECT };
    await provisioning.ensure(aRequestFor(name, { delivery }), byAda());
    const owner = 'group:default/shop';
    const { admin } = cluster;
    await admin.apply(namespaceClaim({ service, owner }));
    const metadata = {
      name: names.argoApplication(service),
      namespace: 'argocd',
    };
    // Argo CD works from a revision that it has kept: it comes back when the namespace goes.
    cluster.proxy.meddle = async ({ method, path }) => {
      if (method === 'DELETE' && path.includes(`/namespaces/${name}`))
        await admin.apply({
          ...kinds.Application,
          metadata,
          spec: {
            project: PROJECT,
            destination: {},
            source: { repoURL: 'https://git.example.com/x.git' },
          },
        });
    };
    const receipt = await provisioning.retire(
      { service, owner, delivery: 'gitops', confirmNamespace: name },
      byAda(),
    );
    cluster.proxy.meddle = async () => undefined;
    const claim = await publishing.registry.readClaim(service);
    rmSync(folder, { recursive: true });
    await admin.remove({ ...kinds.Application, ...metadata });
    expect([receipt.outcome, summary(receipt.steps), claim?.owner]).toEqual([
      'partial',
      [
        'ServiceClaim committed',
        'Application absent',
        'Namespace deleted',
        'Application waiting',
      ],
      owner,
    ]);
  });

  it.each([
    ['namespace', undefined],
    ['application', 'application'],
  ])('never touches a foreign %s of the same name', async (_, which) => {
    const name = platform.newNamespaceName('cart');
    const service = { cluster: CLUSTER, namespace: name, name };
    const { provisioning } = provisioningOn(platform, {
      withVault: false,
      kubernetesUrl: cluster.proxy.url,
    });
    await cluster.admin.apply(
      which === undefined
        ? aForeignNamespace(name)
        : {
            ...kinds.Application,
            metadata: {
              name: names.argoApplication(service),
              namespace: 'argocd',
            },
            spec: {
              project: 'default',
              destination: {},
              source: { repoURL: 'https://git.example.com/x.git' },
            },
          },
    );
    cluster.proxy.run = new FaultRun();
    const retiring = provisioning.retire(
      { service, owner: 'group:default/shop', delivery: 'apply' },
      byAda(),
    );
    expect(await refusal(retiring)).toMatch(/^ConflictError: .*belongs to/s);
    expect(cluster.proxy.run.writes).toEqual([]);
  });

  it('does not take the word of somebody who is not the owner', async () => {
    const { provisioning, request } = await aService();
    cluster.proxy.run = new FaultRun();
    const retiring = provisioning.retire(
      { ...request, owner: 'group:default/checkout' },
      byAda(),
    );
    expect(await refusal(retiring)).toMatch(
      /^ConflictError: .*belongs to group:default\/shop/s,
    );
    expect(cluster.proxy.run.writes).toEqual([]);
  });

  it('wants the name of the namespace, and no other', async () => {
    const { provisioning, request } = await aService();
    expect(
      await refusal(
        provisioning.retire({ ...request, confirmNamespace: 'yes' }, byAda()),
      ),
    ).toMatch(/^InputError: confirmNamespace: "yes" is not the namespace/);
  });
});
