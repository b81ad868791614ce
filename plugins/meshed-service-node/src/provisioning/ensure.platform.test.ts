import { annotations, kinds } from '@meshway/plugin-meshed-service-common';
import { platformForTests } from '@meshway/test-platform';
import {
  aRequestFor,
  byAda,
  CLUSTER,
  provisioningOn,
  refusal,
} from './__testUtils__/aCluster';
import {
  administrator,
  aForeignAccount,
  aForeignNamespace,
} from './__testUtils__/anAdministrator';
import { FaultProxy, FaultRun } from './__testUtils__/faultProxy';

describe('ensure, on a real API server', () => {
  const platform = platformForTests(['kubernetes']);
  let proxy: FaultProxy;
  let admin: ReturnType<typeof administrator>;
  beforeAll(async () => {
    admin = administrator(platform);
    await admin.makeProject();
    const { url, caFile } = platform.kubernetes;
    proxy = await FaultProxy.before(url, caFile);
  });
  afterAll(() => proxy?.close());

  /** A service of its own for each test. */
  const aService = (fields: object = {}) => {
    const name = platform.newNamespaceName('cart');
    proxy.run = new FaultRun();
    return {
      name,
      request: aRequestFor(name, fields),
      ...provisioningOn(platform, {
        withVault: false,
        kubernetesUrl: proxy.url,
      }),
    };
  };
  const outcomes = (steps: ReadonlyArray<{ outcome: string }>) => [
    ...new Set(steps.map(({ outcome }) => outcome)),
  ];

  it('plans everything as to be created, and writes nothing', async () => {
    const { provisioning, request } = aService();
    const plan = await provisioning.plan(request);
    expect({
      outcome: plan.outcome,
      problems: plan.problems,
      violations: plan.violations,
      actions: [...new Set(plan.objects.map(({ action }) => action))],
      writes: proxy.run.writes,
    }).toEqual({
      outcome: 'create',
      problems: [],
      violations: [],
      actions: ['create'],
      writes: [],
    });
  });

  it('creates everything, who is let in before what keeps out, and a repeat writes nothing', async () => {
    const { provisioning, request } = aService({ phase: 'audit' });
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

    proxy.run = new FaultRun();
    const again = await provisioning.ensure(request, byAda());
    expect([again.outcome, outcomes(again.steps), proxy.run.writes]).toEqual([
      'unchanged',
      ['unchanged'],
      [],
    ]);
    expect((await provisioning.plan(request)).outcome).toBe('unchanged');
  });

  it('shows a change field by field, and then makes exactly that', async () => {
    const { name, provisioning, request } = aService();
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
    const { name, provisioning, request } = aService();
    await provisioning.ensure(request, byAda());
    await admin.apply(aForeignAccount(name, 'robot'));
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
    expect(Object.keys(await admin.contents(name))).toContain(
      'ServiceAccount/robot',
    );
  });

  it('may be run twice at once', async () => {
    const { name, provisioning, request } = aService();
    const both = await Promise.all([
      provisioning.ensure(request, byAda()),
      provisioning.ensure(request, byAda()),
    ]);
    expect(both.map(({ steps }) => steps.length)).toEqual([16, 16]);
    expect((await provisioning.plan(request)).outcome).toBe('unchanged');
    expect(Object.keys(await admin.contents(name))).toHaveLength(14);
  });

  it('lets one of two owners win, and tells the other who', async () => {
    const { name, provisioning, request } = aService();
    const rival = aRequestFor(name, { owner: 'checkout' });
    const results = await Promise.all(
      [request, rival].map(each => refusal(provisioning.ensure(each, byAda()))),
    );
    expect(results.filter(each => each === 'done')).toHaveLength(1);
    const winner = results[0] === 'done' ? 'shop' : 'checkout';
    expect(results.find(each => each !== 'done')).toMatch(
      new RegExp(`^ConflictError: .*belongs to group:default/${winner}`, 's'),
    );
    const seen = await admin.kubernetes.read({ ...kinds.Namespace, name });
    expect(seen?.metadata.annotations?.[annotations.owner]).toBe(
      `group:default/${winner}`,
    );
  });

  it('never touches a namespace of others', async () => {
    const { name, provisioning, request } = aService();
    await admin.apply(aForeignNamespace(name));
    const before = await admin.kubernetes.read({ ...kinds.Namespace, name });
    const plan = await provisioning.plan(request);
    expect(plan.problems).toEqual([
      {
        code: 'name-taken',
        system: 'kubernetes',
        ref: { ...kinds.Namespace, name },
        message: `Namespace ${name} belongs to group:default/checkout (service unknown).`,
        fix: expect.any(String),
      },
    ]);
    expect(await refusal(provisioning.ensure(request, byAda()))).toMatch(
      /^ConflictError: .*belongs to group:default\/checkout/s,
    );
    expect(proxy.run.writes).toEqual([]);
    expect(await admin.kubernetes.read({ ...kinds.Namespace, name })).toEqual(
      before,
    );
  });

  it('never touches an account or a Server of others in our own namespace', async () => {
    const { name, provisioning, request } = aService();
    await provisioning.ensurePart('namespace', request, byAda());
    const server = {
      ...kinds.Server,
      metadata: { name: `${name}.http`, namespace: name },
      spec: { podSelector: {}, port: 9999 },
    };
    await admin.apply(aForeignAccount(name, name));
    await admin.apply(server);
    const before = await admin.contents(name);
    const { problems } = await provisioning.plan(request);
    expect(problems.map(({ code, message }) => [code, message])).toEqual([
      [
        'name-taken',
        `ServiceAccount ${name}/${name} belongs to somebody who manages it with Helm.`,
      ],
      [
        'name-taken',
        `Server ${name}/${name}.http belongs to somebody; it records no owner.`,
      ],
    ]);
    expect(await refusal(provisioning.ensure(request, byAda()))).toMatch(
      /^ConflictError/,
    );
    expect(await admin.contents(name)).toEqual(before);
  });

  it('says who has written which field, and takes nothing over', async () => {
    const { name, provisioning, request } = aService();
    await provisioning.ensure(request, byAda());
    const { server } = platform.kubernetes;
    const path = `/apis/policy.linkerd.io/v1beta3/namespaces/${name}/servers/${name}.http`;
    await server.send(
      'PATCH',
      `${path}?fieldManager=kubectl-edit`,
      { spec: { accessPolicy: 'deny' } },
      'application/merge-patch+json',
    );
    const { problems, objects } = await provisioning.plan(request);
    expect(objects.filter(({ action }) => action === 'conflict')).toEqual([
      {
        system: 'kubernetes',
        ref: { ...kinds.Server, namespace: name, name: `${name}.http` },
        action: 'conflict',
        conflicts: [{ with: 'kubectl-edit', field: 'spec.accessPolicy' }],
      },
    ]);
    expect(problems.map(({ code }) => code)).toEqual(['field-conflict']);
    expect(await refusal(provisioning.ensure(request, byAda()))).toContain(
      'spec.accessPolicy was written by kubectl-edit',
    );
  });

  it('makes again what somebody has deleted', async () => {
    const { name, provisioning, request } = aService();
    await provisioning.ensure(request, byAda());
    const ref = { ...kinds.Server, namespace: name, name: `${name}.http` };
    const seen = await admin.kubernetes.read(ref);
    await admin.kubernetes.delete(ref, { uid: seen?.metadata.uid ?? '' });
    const receipt = await provisioning.ensure(request, byAda());
    expect(
      receipt.steps.filter(({ outcome }) => outcome === 'created'),
    ).toEqual([{ system: 'kubernetes', ref, outcome: 'created' }]);
  });

  it('does not move into a namespace that is being deleted', async () => {
    const { name, provisioning, request } = aService();
    await provisioning.ensure(request, byAda());
    // Its deletion waits for this.
    await admin.apply({
      ...aForeignAccount(name, 'held'),
      metadata: {
        name: 'held',
        namespace: name,
        finalizers: ['example.com/held'],
      },
    });
    const ref = { ...kinds.Namespace, name };
    const seen = await admin.kubernetes.read(ref);
    await admin.kubernetes.delete(ref, { uid: seen?.metadata.uid ?? '' });
    proxy.run = new FaultRun();
    const { problems } = await provisioning.plan(request);
    expect(problems.map(({ code }) => code)).toContain('namespace-terminating');
    expect(await refusal(provisioning.ensure(request, byAda()))).toMatch(
      /^ConflictError: .*is being deleted/s,
    );
    expect(proxy.run.writes).toEqual([]);
    await admin.apply({
      ...aForeignAccount(name, 'held'),
      metadata: { name: 'held', namespace: name, finalizers: [] },
    });
  });

  it('stops when it is cancelled, and goes on when it is repeated', async () => {
    const { provisioning, request } = aService();
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
    const { name, provisioning, request } = aService();
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
    const { name, provisioning, request } = aService();
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
    await admin.apply({
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
