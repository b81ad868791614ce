import { platformForTests } from '.';

describe('a platform without recorded kinds beside the checkout', () => {
  const before = process.env.MESHWAY_RECORDED;
  process.env.MESHWAY_RECORDED = '/nowhere';
  const platform = platformForTests(['kubernetes'], { own: true });
  beforeAll(() => {
    if (before === undefined) delete process.env.MESHWAY_RECORDED;
    else process.env.MESHWAY_RECORDED = before;
  });

  it('has minimal ones of its own, and says so', async () => {
    const { server } = platform.kubernetes;
    const route = await server.apply({
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'HTTPRoute',
      metadata: { name: 'web', namespace: 'default' },
      spec: { parentRefs: [{ name: 'web' }] },
    });
    await server.apply({
      apiVersion: 'policy.linkerd.io/v1beta3',
      kind: 'Server',
      metadata: { name: 'web', namespace: 'default' },
      spec: { podSelector: {}, port: 8080 },
    });

    expect(route.spec).toEqual({ parentRefs: [{ name: 'web' }] });
    expect(platform.contents()).toMatchObject({
      'Linkerd kinds': 'minimal ones of our own, which accept any content',
      'Gateway API kinds': 'minimal ones of our own, which accept any content',
    });
  });
});
