import { mockCredentials } from '@backstage/backend-test-utils';
import {
  meshStatusSchema,
  statusBatchResponseSchema,
} from '@meshway/plugin-meshed-service-common';
import request from 'supertest';
import { allow, aPortal, deny, ownersOnly } from '../__testUtils__/aPortal';
import { legacy, publishClaims } from '../__testUtils__/threeClaims';

describe('statuses over HTTP', () => {
  const portal = aPortal({ 'legacy.yaml': legacy });
  let server: Parameters<typeof request>[0];

  beforeAll(async () => {
    await publishClaims(portal);
    server = await portal.start();
  });

  beforeEach(() => {
    portal.permissions.authorizeConditional.mockImplementation(async queries =>
      queries.map(() => allow),
    );
  });

  const policySays = (decision: typeof allow) =>
    portal.permissions.authorizeConditional.mockImplementation(async queries =>
      queries.map(() => decision),
    );
  const get = (path: string) =>
    request(server).get(`/api/meshed-service/v1/${path}`);
  const ask = (body: object) =>
    request(server).post('/api/meshed-service/v1/services/status').send(body);

  it('answers for a service that was asked for and of which nothing is seen', async () => {
    const { status, body } = await get('services/local/cart/cart/status');
    expect([status, meshStatusSchema.parse(body)]).toEqual([
      200,
      expect.objectContaining({
        service: { cluster: 'local', namespace: 'cart', name: 'cart' },
        declared: true,
        observed: false,
      }),
    ]);
  });

  it('says that there is no such service when nobody asked for it and nothing is seen', async () => {
    const { status, body } = await get('services/local/nobody/nobody/status');
    expect([status, body.error]).toEqual([
      404,
      {
        name: 'NotFoundError',
        message:
          'There is no service local/nobody/nobody: nobody has asked for it, and nothing of it is seen',
      },
    ]);
  });

  it('names a cluster that is none', async () => {
    const { status, body } = await get('services/elsewhere/cart/cart/status');
    expect([status, body.error.message]).toEqual([
      404,
      'There is no service elsewhere/cart/cart: nobody has asked for it, and elsewhere is not a cluster of this platform',
    ]);
  });

  it('does not take a claim that somebody spoilt for none', async () => {
    await portal.spoilRegistry('services/local/spoilt/spoilt.yaml', 'a: [\n');
    const { status, body } = await get('services/local/spoilt/spoilt/status');
    expect([status, meshStatusSchema.parse(body)]).toEqual([
      200,
      expect.objectContaining({ observed: false, state: 'unknown' }),
    ]);
  });

  it('names whom to ask when the policy says no', async () => {
    policySays(deny);
    const { status, body } = await get(
      'services/local/payments/payments/status',
    );
    expect([status, body.error]).toEqual([
      403,
      {
        name: 'NotAllowedError',
        message:
          'You may not see services of group:default/payments. Ask group:default/payments or group:default/platform.',
      },
    ]);
  });

  it('asks the policy about the caller, not about itself', async () => {
    await get('services/local/cart/cart/status').set(
      'Authorization',
      mockCredentials.user.header('user:default/ada'),
    );
    expect(portal.permissions.authorizeConditional).toHaveBeenLastCalledWith(
      [
        {
          permission: expect.objectContaining({ name: 'meshed-service.read' }),
        },
      ],
      { credentials: mockCredentials.user('user:default/ada') },
    );
  });

  it('lets nobody in who has not signed in', async () => {
    const { status } = await get('services/local/cart/cart/status').set(
      'Authorization',
      mockCredentials.none.header(),
    );
    expect(status).toBe(401);
  });

  it.each([
    [
      'services/local/Cart/cart/status',
      'namespace: "Cart" is no name in Kubernetes',
    ],
    [
      'services/local/cart/__proto__/status',
      'name: "__proto__" is no name in Kubernetes',
    ],
    [
      'services/local/cart/a%0Ab/status',
      'name: "a\\u000ab" is no name in Kubernetes',
    ],
    [`services/local/cart/${'x'.repeat(2000)}/status`, 'name: "xxx'],
    [
      'services/..%2F..%2Fetc/cart/cart/status',
      'cluster: "../../etc" is no name',
    ],
    ['services?limit=1000', 'limit: '],
    [
      'services?state=great',
      'state: must be one of ok, progressing, unknown, missing, degraded; it is "great"',
    ],
    ['services?colour=red', 'colour: is not known here; remove it'],
    ['services?sort=colour', 'sort: must be one of state, verdict, name'],
    ['services/export', 'format: is required'],
    ['services?search[x]=1', 'search: must be text, not an object'],
  ])('refuses %.60s, naming the field', async (path, message) => {
    const { status, body } = await get(path);
    expect([status, body.error]).toEqual([
      400,
      { name: 'InputError', message: expect.stringContaining(message) },
    ]);
  });

  it('answers a batch in order, each on its own', async () => {
    policySays(ownersOnly('group:default/shop'));
    const at = (name: string) => ({ cluster: 'local', namespace: name, name });
    const { status, body } = await ask({
      services: [at('payments'), at('cart')],
    });
    const { items } = statusBatchResponseSchema.parse(body);
    expect([
      status,
      items.map(({ kind, service }) => [kind, service.name]),
    ]).toEqual([
      200,
      [
        ['denied', 'payments'],
        ['status', 'cart'],
      ],
    ]);
    policySays(allow);
    const again = await ask({ services: [at('nobody')] });
    expect(again.body).toEqual({
      items: [{ kind: 'notFound', service: at('nobody') }],
    });
  });

  it.each([
    [{}, 'services: is required'],
    [{ services: [] }, 'services: '],
    [
      {
        services: Array(101).fill({ cluster: 'a', namespace: 'b', name: 'c' }),
      },
      'services: ',
    ],
    [
      { services: [{ cluster: 'a', namespace: 'b' }] },
      'services[0].name: is required',
    ],
    [
      { services: [{ cluster: 'a', namespace: 'b', name: 'c', x: 1 }] },
      'services[0].x: is not known here; remove it',
    ],
    [
      JSON.parse('{"services":[],"__proto__":{}}'),
      '__proto__: is not known here; remove it',
    ],
  ])('refuses the batch %.60j, naming the field', async (batch, message) => {
    const { status, body } = await ask(batch);
    expect([status, body.error]).toEqual([
      400,
      { name: 'InputError', message: expect.stringContaining(message) },
    ]);
  });

  it('is not longer than somebody reads when everything in a batch is wrong', async () => {
    const fields = Array.from({ length: 5_000 }, (_, index) => [
      `x${index}`,
      1,
    ]);
    const { status, text } = await ask(Object.fromEntries(fields));
    expect([status, text.length < 20_000]).toEqual([400, true]);
  });

  it('refuses a body that is too large, and one that is no JSON', async () => {
    const large = await ask({ services: ['x'.repeat(300_000)] });
    const notJson = await request(server)
      .post('/api/meshed-service/v1/services/status')
      .type('json')
      .send('{"services": [');
    expect([large.status, notJson.status]).toEqual([413, 400]);
  });

  it('answers for a service whose stamp is broken, as declared, with what is seen', async () => {
    const { status, body } = await get('services/local/broken/broken/status');
    expect([status, body.declared]).toEqual([200, true]);
  });

  it('shows how whole the data of each cluster is', async () => {
    const { status, body } = await get('clusters');
    expect([status, body.items]).toEqual([
      200,
      [expect.objectContaining({ name: 'local', source: 'snapshot' })],
    ]);
  });
});

describe('a portal that cannot read its cluster', () => {
  const portal = aPortal();
  let server: Parameters<typeof request>[0];

  beforeAll(async () => {
    server = await portal.start({
      clusters: [
        { name: 'local', snapshot: portal.folder.resolve('gone') },
        { name: 'unwatched' },
      ],
    });
  });

  const at = (cluster: string) => ({ cluster, namespace: 'x', name: 'x' });

  it.each([
    [
      'local',
      'Nothing observed. Kind Pod could not be read: the folder of the snapshot cannot be read.',
    ],
    [
      'unwatched',
      'Nothing observed. Kind Pod could not be read: no source is configured for cluster unwatched.',
    ],
  ])(
    'knows nothing of a service in %s, and does not say that there is none',
    async (cluster, summary) => {
      const { status, body } = await request(server).get(
        `/api/meshed-service/v1/services/${cluster}/x/x/status`,
      );
      expect([status, meshStatusSchema.parse(body)]).toEqual([
        200,
        expect.objectContaining({
          declared: false,
          observed: false,
          state: 'unknown',
          summary,
        }),
      ]);
    },
  );

  it('says the same in a batch', async () => {
    const { body } = await request(server)
      .post('/api/meshed-service/v1/services/status')
      .send({ services: [at('local'), at('elsewhere')] });
    const { items } = statusBatchResponseSchema.parse(body);
    expect(items.map(({ kind }) => kind)).toEqual(['status', 'notFound']);
  });

  it('keeps its folders to itself', async () => {
    const { text } = await request(server).get(
      '/api/meshed-service/v1/clusters',
    );
    expect(text).not.toContain(portal.folder.path);
  });
});
