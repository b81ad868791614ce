import { kinds, Phase } from '@meshway/plugin-meshed-service-common';
import { platformForTests } from '@meshway/test-platform';
import { aRequestFor, byAda, refusal } from './__testUtils__/aCluster';
import { aPod, aServiceIn, byPanic } from './__testUtils__/aServiceIn';
import { aWatchedCluster } from './__testUtils__/aWatchedCluster';

describe('setPhase, on a real API server', () => {
  const platform = platformForTests(['kubernetes']);
  const cluster = aWatchedCluster(platform);

  it('lets in before it keeps out, and the namespace denies last', async () => {
    const { name, provisioning, request, policies } = await aServiceIn(
      'audit',
      cluster,
    );
    const receipt = await provisioning.setPhase(
      { request, phase: 'enforce', reason: 'No one was refused for a week' },
      byAda(),
    );
    expect(
      receipt.steps
        .filter(({ outcome }) => outcome !== 'unchanged')
        .map(({ ref, outcome }) => [
          ref.kind,
          ref.name.replace(name, 'cart'),
          outcome,
        ]),
    ).toEqual([
      ['NetworkAuthentication', 'cart-proxy-metrics', 'created'],
      ['AuthorizationPolicy', 'cart-proxy-probes', 'created'],
      ['AuthorizationPolicy', 'cart-proxy-metrics', 'created'],
      ['HTTPRoute', 'cart-proxy-probes', 'created'],
      ['HTTPRoute', 'cart-proxy-metrics', 'created'],
      ['Server', 'cart.grpc', 'changed'],
      ['Server', 'cart.http', 'changed'],
      ['Server', 'cart-proxy-admin', 'created'],
      ['Namespace', 'cart', 'changed'],
      ['NetworkPolicy', 'cart-ports', 'deleted'],
    ]);
    expect({ phase: receipt.phase, restart: receipt.restart }).toEqual({
      phase: {
        from: 'audit',
        to: 'enforce',
        reason: 'No one was refused for a week',
      },
      restart: {
        ref: { ...kinds.Deployment, namespace: name, name },
        because: expect.stringContaining('until then they keep audit'),
      },
    });
    expect(await policies()).toEqual({
      namespace: 'deny',
      servers: {
        'cart.grpc': 'deny',
        'cart.http': 'deny',
        'cart-proxy-admin': 'deny',
      },
    });
  });

  it('goes back at once, and keeps the scrape open as long as a pod denies by default', async () => {
    const { name, provisioning, request, policies } = await aServiceIn(
      'enforce',
      cluster,
    );
    await cluster.admin.apply(aPod(name, 'deny'));
    const receipt = await provisioning.setPhase(
      { request, phase: 'audit' },
      byAda(),
    );
    expect(
      receipt.steps
        .filter(({ outcome }) => outcome === 'left')
        .map(({ ref }) => ref.kind),
    ).toEqual([
      'Server',
      'HTTPRoute',
      'HTTPRoute',
      'AuthorizationPolicy',
      'AuthorizationPolicy',
      'NetworkAuthentication',
    ]);
    expect(
      receipt.steps.find(({ outcome }) => outcome === 'left')?.because,
    ).toBe(
      '1 of 1 pods were started in phase enforce and deny by default; repeat after a restart',
    );
    expect(await policies()).toEqual({
      namespace: 'audit',
      servers: {
        'cart.grpc': 'audit',
        'cart.http': 'audit',
        'cart-proxy-admin': 'deny',
      },
    });
    const pod = await cluster.admin.kubernetes.read({
      ...kinds.Pod,
      namespace: name,
      name: 'old',
    });
    await cluster.admin.kubernetes.delete(
      { ...kinds.Pod, namespace: name, name: 'old' },
      { uid: pod?.metadata.uid ?? '' },
    );
    await cluster.admin.untilGone({
      ...kinds.Pod,
      namespace: name,
      name: 'old',
    });
    await provisioning.ensure(aRequestFor(name, { phase: 'audit' }), byAda());
    expect((await policies()).servers).toEqual({
      'cart.grpc': 'audit',
      'cart.http': 'audit',
    });
  });

  it('takes exactly the policy of our Servers by force, only back, and says from whom', async () => {
    const { name, provisioning, request, policies } = await aServiceIn(
      'enforce',
      cluster,
    );
    await byPanic(platform, name, {
      accessPolicy: 'all-authenticated',
      proxyProtocol: 'opaque',
    });
    const back = { request, phase: 'audit' } as const;
    expect(await refusal(provisioning.setPhase(back, byAda()))).toContain(
      'spec.accessPolicy was written by panic',
    );
    const receipt = await provisioning.setPhase(
      { ...back, force: true },
      byAda(),
    );
    expect(receipt.steps[0]).toEqual({
      system: 'kubernetes',
      ref: { ...kinds.Server, namespace: name, name: `${name}.http` },
      outcome: 'changed',
      fields: ['spec.accessPolicy'],
      overrode: [{ with: 'panic', field: 'spec.accessPolicy' }],
    });
    const server = await cluster.admin.kubernetes.read({
      ...kinds.Server,
      namespace: name,
      name: `${name}.http`,
    });
    expect([(await policies()).servers['cart.http'], server?.spec]).toEqual([
      'audit',
      expect.objectContaining({ proxyProtocol: 'opaque' }),
    ]);
  });

  it.each<[string, Phase, Phase, string | undefined, RegExp]>([
    [
      'without a reason',
      'observe',
      'audit',
      undefined,
      /^InputError: reason: say why/,
    ],
    [
      'with an empty reason',
      'audit',
      'enforce',
      '  ',
      /^InputError: reason: say why/,
    ],
    [
      'two steps at once',
      'observe',
      'enforce',
      'in a hurry',
      /^InputError: phase: observe does not become enforce at once/,
    ],
    [
      'with control characters',
      'observe',
      'audit',
      'a\u0007b',
      /^InputError: reason: write at most/,
    ],
  ])('does not move forward %s', async (_, from, phase, reason, said) => {
    const { provisioning, request } = cluster.aService({ phase: from });
    expect(
      await refusal(provisioning.setPhase({ request, phase, reason }, byAda())),
    ).toMatch(said);
    expect(cluster.proxy.run.requests).toEqual([]);
  });

  it('goes by what its Servers are, whatever is asked', async () => {
    const { name, provisioning, policies } = await aServiceIn(
      'observe',
      cluster,
    );
    const before = await policies();
    const claimed = aRequestFor(name, { phase: 'audit' });
    const enforced = aRequestFor(name, { phase: 'enforce' });
    expect([
      await refusal(
        provisioning.setPhase(
          { request: claimed, phase: 'enforce', reason: 'In a hurry' },
          byAda(),
        ),
      ),
      await refusal(provisioning.ensure(enforced, byAda())),
      (await provisioning.plan(enforced)).problems.map(({ code }) => code),
    ]).toEqual([
      expect.stringMatching(
        /^InputError: phase: the Servers are in observe, not in audit, and observe does not become enforce at once/,
      ),
      expect.stringMatching(
        /In the cluster it is in phase observe, and enforce is asked for\. Change the phase on its own/,
      ),
      ['phase-forward'],
    ]);
    expect(await policies()).toEqual(before);
  });
});
