import { kinds } from '@meshway/plugin-meshed-service-common';
import { platformForTests } from '@meshway/test-platform';
import { aRequestFor, byAda, CLUSTER, refusal } from './__testUtils__/aCluster';
import { aForeignAccount } from './__testUtils__/anAdministrator';
import { aWatchedCluster } from './__testUtils__/aWatchedCluster';
import { FaultRun } from './__testUtils__/faultProxy';

describe('ensure, on a real API server', () => {
  const platform = platformForTests(['kubernetes']);
  const cluster = aWatchedCluster(platform);
  const outcomes = (steps: ReadonlyArray<{ outcome: string }>) => [
    ...new Set(steps.map(({ outcome }) => outcome)),
  ];

  it('plans everything as to be created, and writes nothing', async () => {
    const { provisioning, request } = cluster.aService();
    const plan = await provisioning.plan(request);
    expect({
      outcome: plan.outcome,
      problems: plan.problems,
      violations: plan.violations,
      actions: [...new Set(plan.objects.map(({ action }) => action))],
      writes: cluster.proxy.run.writes,
    }).toEqual({
      outcome: 'create',
      problems: [],
      violations: [],
      actions: ['create'],
      writes: [],
    });
  });

  it('creates everything, who is let in before what keeps out, and a repeat writes nothing', async () => {
    const { provisioning, request } = cluster.aService({ phase: 'audit' });
    const first = await provisioning.ensure(request, byAda());
    const order = first.steps.map(({ ref }) => ref.kind);
    expect([first.outcome, outcomes(first.steps), order]).toEqual([
      'written',
      ['created'],
      [
        'Namespace',
        'ServiceAccount',
        'Role',
        'RoleBinding',
        'NetworkPolicy',
        'NetworkPolicy',
        'MeshTLSAuthentication',
        'NetworkAuthentication',
        'AuthorizationPolicy',
        'AuthorizationPolicy',
        'AuthorizationPolicy',
        'GRPCRoute',
        'GRPCRoute',
        'Server',
        'Server',
        'Application',
      ],
    ]);

    cluster.proxy.run = new FaultRun();
    const again = await provisioning.ensure(request, byAda());
    expect([
      again.outcome,
      outcomes(again.steps),
      cluster.proxy.run.writes,
    ]).toEqual(['unchanged', ['unchanged'], []]);
    expect((await provisioning.plan(request)).outcome).toBe('unchanged');
  });

  it('shows a change field by field, and then makes exactly that', async () => {
    const { name, provisioning, request } = cluster.aService();
    await provisioning.ensure(request, byAda());
    const changed = aRequestFor(name, {
      clients: [{ namespace: 'shop', serviceAccount: 'checkout' }],
    });
    const plan = await provisioning.plan(changed);
    const differing = plan.objects
      .filter(({ action }) => action !== 'unchanged')
      .map(({ ref, action, fields }) => [ref.kind, action, fields]);
    expect(differing).toEqual([
      ['MeshTLSAuthentication', 'change', ['spec.identityRefs[0].name']],
    ]);
    const receipt = await provisioning.ensure(changed, byAda());
    expect(
      receipt.steps
        .filter(({ outcome }) => outcome !== 'unchanged')
        .map(({ ref, outcome, fields }) => [ref.kind, outcome, fields]),
    ).toEqual([
      ['MeshTLSAuthentication', 'changed', ['spec.identityRefs[0].name']],
    ]);
  });

  it('takes away what is no longer asked for, and nothing of others', async () => {
    const { name, provisioning, request } = cluster.aService();
    await provisioning.ensure(request, byAda());
    await cluster.admin.apply(aForeignAccount(name, 'robot'));
    const fewer = aRequestFor(name, {
      ports: [{ name: 'http', port: 8081, protocol: 'HTTP/1' }],
    });
    const receipt = await provisioning.ensure(fewer, byAda());
    expect(
      receipt.steps
        .filter(({ outcome }) => outcome === 'deleted')
        .map(({ ref }) => `${ref.kind}/${ref.name}`),
    ).toEqual([
      `Server/${name}.grpc`,
      `GRPCRoute/${name}.grpc-probes`,
      `GRPCRoute/${name}.grpc-calls`,
      expect.stringMatching(/^AuthorizationPolicy/),
      expect.stringMatching(/^AuthorizationPolicy/),
      `NetworkAuthentication/${name}-probes`,
    ]);
    expect(Object.keys(await cluster.admin.contents(name))).toContain(
      'ServiceAccount/robot',
    );
  });

  it('may be run twice at once', async () => {
    const { name, provisioning, request } = cluster.aService();
    const both = await Promise.all([
      provisioning.ensure(request, byAda()),
      provisioning.ensure(request, byAda()),
    ]);
    expect(both.map(({ steps }) => steps.length)).toEqual([16, 16]);
    expect((await provisioning.plan(request)).outcome).toBe('unchanged');
    expect(Object.keys(await cluster.admin.contents(name))).toHaveLength(14);
  });

  it('stops when it is cancelled, and goes on when it is repeated', async () => {
    const { provisioning, request } = cluster.aService();
    const cancel = new AbortController();
    const cancelled = provisioning.ensure(
      request,
      byAda({
        signal: cancel.signal,
        onStep: step => {
          if (step.includes('RoleBinding'))
            cancel.abort(new Error('cancelled'));
        },
      }),
    );
    expect(await refusal(cancelled)).toContain('cancelled');
    const receipt = await provisioning.ensure(request, byAda());
    expect(outcomes(receipt.steps)).toEqual(['unchanged', 'created']);
  });

  it('hands a service over, when both owners have agreed', async () => {
    const { name, provisioning, request } = cluster.aService();
    await provisioning.ensure(request, byAda());
    const theirs = aRequestFor(name, { owner: 'checkout' });
    expect(await refusal(provisioning.ensure(theirs, byAda()))).toMatch(
      /^ConflictError/,
    );
    await provisioning.ensure(
      theirs,
      byAda({ transferFrom: 'group:default/shop' }),
    );
    expect(
      await provisioning.readOwner({ cluster: CLUSTER, namespace: name, name }),
    ).toBe('group:default/checkout');
  });

  it('is verified part by part: what is missing, what differs, and what is of others', async () => {
    const { name, provisioning, request } = cluster.aService();
    const states = async () => {
      const { findings, timedOut } = await provisioning.verify(request, {
        waitSeconds: 0,
      });
      return [
        timedOut,
        ...findings.map(({ part, state }) => `${part} ${state}`),
      ];
    };
    expect(await states()).toEqual([
      true,
      'namespace missing',
      'serviceAccount missing',
      'linkerdPolicy missing',
      'vaultRole ok',
      'argoApplication missing',
    ]);
    await provisioning.ensure(request, byAda());
    await cluster.admin.apply({
      ...kinds.Server,
      metadata: { name: `${name}.http`, namespace: name },
      spec: {
        podSelector: { matchLabels: { app: 'other' } },
        port: 'http',
      },
    });
    // Where no Argo CD runs, nobody says how the application is.
    expect(await states()).toEqual([
      true,
      'namespace ok',
      'serviceAccount ok',
      'linkerdPolicy degraded',
      'vaultRole ok',
      expect.stringMatching(/^argoApplication (?!ok)/),
    ]);
    const theirs = aRequestFor(name, { owner: 'checkout' });
    const ofOthers = await provisioning.verify(theirs, { waitSeconds: 60 });
    expect([ofOthers.timedOut, ofOthers.findings[0]]).toEqual([
      false,
      expect.objectContaining({ part: 'namespace', state: 'degraded' }),
    ]);
  });
});
