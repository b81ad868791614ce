import { mockCredentials } from '@backstage/backend-test-utils';
import { aMeshedServiceInput } from '@meshway/plugin-meshed-service-common/testUtils';
import { setTimeout as sleep } from 'node:timers/promises';
import request from 'supertest';
import {
  Answer,
  anApiServer,
  clusterAt,
  emptyCluster,
  TOKEN,
} from '../__testUtils__/anApiServer';
import { aPortal, ownersOnly } from '../__testUtils__/aPortal';
import { isDocumented } from '../__testUtils__/isDocumented';
import { decideByPolicy, Person, signedIn } from '../__testUtils__/people';

const spec = aMeshedServiceInput({
  name: 'cart',
  owner: 'shop',
  ports: [{ name: 'http', port: 8080 }],
  delivery: { mode: 'apply' },
});
const cart = '/api/meshed-service/v1/services/local/cart/cart';

type Target = Parameters<typeof request>[0];
type Answered = {
  status: number;
  body: { error?: { name: string; message: string } };
};
const refusal = ({ status, body }: Answered) => [status, body.error?.message];
const ensure = (server: Target, person: Person, body: unknown, path = cart) =>
  request(server)
    .put(path)
    .set(...signedIn(person))
    .send(body as object)
    .expect(isDocumented);

// The first request compiles rules and loads what speaks to clusters, which takes its time on a busy machine.
jest.setTimeout(120_000);
const quickly = {
  requestMilliseconds: 300,
  totalMilliseconds: 900,
  attempts: 2,
  pauseMilliseconds: 1,
};
describe('writes over HTTP, refused before anything is asked', () => {
  const portal = aPortal();
  let api: Awaited<ReturnType<typeof anApiServer>>;
  let server: Target;

  beforeAll(async () => {
    api = await anApiServer(() => ({ status: 500, body: {} }));
    portal.permissions.authorizeConditional.mockImplementation(decideByPolicy);
    server = await portal.start({
      ...clusterAt(api.url),
      rateLimits: { writesPerMinute: 1000 },
    });
  });
  afterAll(() => {
    api?.server.close();
  });
  beforeEach(() => {
    api.asked.length = 0;
  });

  it.each<[string, string, unknown, number, string]>([
    [
      'a body for another service than the path',
      cart.replace('local/cart', 'local/other'),
      { spec },
      400,
      'spec: it asks for local/cart/cart, and the path says local/other/cart; they must agree',
    ],
    [
      'a name that walks up',
      cart.replace('local/cart', 'local/..%2f..%2fsecrets'),
      { spec },
      400,
      'namespace: "../../secrets" is no name in Kubernetes',
    ],
    ['no values', cart, {}, 400, 'A service is an object, not undefined'],
    [
      'values that cannot be',
      cart,
      { spec: { ...spec, name: 'Cart\n---' } },
      400,
      'name: ',
    ],
    [
      'a field that is not known',
      cart,
      { spec, author: 'grace' },
      400,
      'author: is not known here; remove it',
    ],
    [
      'a prototype',
      cart,
      JSON.parse('{"__proto__": {"spec": 1}}'),
      400,
      '__proto__: is not known here; remove it',
    ],
    ['a list', cart, [], 400, 'must be an object, not a list'],
    [
      'a wait without end',
      cart,
      { spec, waitSeconds: 1e9 },
      400,
      'waitSeconds: ',
    ],
    [
      'an owner in two lines',
      cart,
      { spec, transferFrom: 'group:default/a\nforged: log line' },
      400,
      'transferFrom: must be one line of text',
    ],
    [
      'a part that is none',
      `${cart}/secrets`,
      { spec },
      404,
      'A service has no part "secrets". Choose namespace, serviceAccount, linkerdPolicy, vaultRole, argoApplication.',
    ],
    [
      'a cluster that is none',
      cart.replace('local', 'mars'),
      { spec: { ...spec, cluster: 'mars' } },
      400,
      'There is no cluster "mars" here. Choose local.',
    ],
  ])('refuses %s', async (_, path, body, status, message) => {
    const answer = await ensure(server, 'ada', body, path);
    expect(refusal(answer)).toEqual([status, expect.stringContaining(message)]);
    expect(api.asked).toEqual([]);
  });

  it('refuses what is larger than any service', async () => {
    const answer = await ensure(server, 'ada', {
      spec: { ...spec, description: 'x'.repeat(300_000) },
    });
    expect(answer.status).toBe(413);
  });

  it.each(['put', 'delete'] as const)(
    'is for people: a plugin may not %s',
    async method => {
      const answer = await request(server)
        [method](cart)
        .set('Authorization', mockCredentials.service.header())
        .send({ spec });
      expect([answer.status, api.asked]).toEqual([403, []]);
    },
  );

  it('leaves a trace of an attempt that is not even understood', async () => {
    portal.auditor.createEvent.mockClear();
    await ensure(server, 'ada', { nonsense: true });
    const event = await portal.auditor.createEvent.mock.results[0].value;
    expect(portal.auditor.createEvent).toHaveBeenCalledWith(
      expect.objectContaining({
        eventId: 'service-ensure',
        meta: { service: 'local/cart/cart' },
      }),
    );
    expect(event.fail).toHaveBeenCalledWith({
      meta: {},
      error: expect.objectContaining({ name: 'InputError' }),
    });
  });
});

describe('writes over HTTP, to a cluster in trouble', () => {
  describe.each<[string, Answer | undefined]>([
    ['sure that the token is wrong', { status: 401, body: { message: TOKEN } }],
    ['broken', { status: 500, body: { message: 'oops' } }],
    ['silent', undefined],
  ])('that is %s', (_, answer) => {
    const portal = aPortal();
    let api: Awaited<ReturnType<typeof anApiServer>>;
    let server: Target;
    beforeAll(async () => {
      api = await anApiServer(answer && (() => answer));
      portal.permissions.authorizeConditional.mockImplementation(
        decideByPolicy,
      );
      server = await portal.start({
        ...clusterAt(api.url),
        timeouts: quickly,
      });
    });
    afterAll(() => {
      api?.server.closeAllConnections();
      api?.server.close();
    });

    it('answers 503, names the cluster, shows no token, and writes nothing', async () => {
      portal.auditor.createEvent.mockClear();
      const response = await ensure(server, 'ada', { spec });
      const event = await portal.auditor.createEvent.mock.results[0].value;
      expect(refusal(response)).toEqual([
        503,
        expect.stringContaining('cluster local'),
      ]);
      expect(event.fail).toHaveBeenCalledTimes(1);
      expect(
        JSON.stringify([response.body, event.fail.mock.calls]),
      ).not.toMatch(TOKEN);
      expect(api.asked.filter(each => !each.startsWith('GET'))).toEqual([]);
    });
  });

  it('stops when the client goes away, and the trace says so', async () => {
    const api = await anApiServer(undefined);
    const portal = aPortal();
    const server = await portal.start({
      ...clusterAt(api.url),
      timeouts: { requestMilliseconds: 60_000 },
    });
    const pending = request(server).put(cart).send({ spec });
    pending.end(() => undefined);
    const { createEvent } = portal.auditor;
    while (createEvent.mock.results.length === 0) await sleep(10);
    pending.abort();
    const event = await createEvent.mock.results[0].value;
    while (event.fail.mock.calls.length === 0) await sleep(10);
    expect(event.fail).toHaveBeenCalledWith({
      meta: { owner: 'group:default/shop' },
      error: expect.objectContaining({
        message: expect.stringContaining('The client closed the connection'),
      }),
    });
    api.server.closeAllConnections();
    api.server.close();
  });

  it('says in a plan that nobody knows', async () => {
    const portal = aPortal();
    const server = await portal.start({
      ...clusterAt('http://127.0.0.1:1'),
      timeouts: quickly,
    });
    const { status, body } = await request(server)
      .post('/api/meshed-service/v1/plan')
      .send({ spec });
    expect([status, body.provisioning, body.provisioningUnknown]).toEqual([
      200,
      undefined,
      expect.stringContaining('cluster local'),
    ]);
  });
});

describe('writes over HTTP, too many', () => {
  const portal = aPortal();
  let server: Target;
  beforeAll(async () => {
    portal.permissions.authorizeConditional.mockImplementation(decideByPolicy);
    server = await portal.start({
      rateLimits: { writesPerMinute: 2, plansPerMinute: 1 },
    });
  });

  it('are counted by user, and the answer says when to go on', async () => {
    const statuses = [
      (await ensure(server, 'ada', {})).status,
      (await ensure(server, 'ada', {}, `${cart}/namespace`)).status,
    ];
    const refused = await ensure(server, 'ada', {}, `${cart}/phase`);
    expect([
      ...statuses,
      ...refusal(refused),
      Number(refused.headers['retry-after']) > 0,
      (await ensure(server, 'eve', {})).status,
    ]).toEqual([
      400,
      400,
      429,
      expect.stringMatching(
        /^More than 2 requests in a minute \(meshedService\.rateLimits\.writesPerMinute\)\. Go on in \d+ seconds\.$/,
      ),
      true,
      400,
    ]);
  });
});

describe('services that nobody has asked for', () => {
  const portal = aPortal();
  let api: Awaited<ReturnType<typeof anApiServer>>;
  let server: Target;
  beforeAll(async () => {
    api = await anApiServer(emptyCluster);
    portal.permissions.authorizeConditional.mockImplementation(async queries =>
      queries.map(() => ownersOnly('group:default/shop')),
    );
    server = await portal.start(clusterAt(api.url));
  });
  afterAll(() => {
    api?.server.close();
  });

  it.each([
    ['post', `${cart}/verify`, { spec }],
    ['get', `${cart}/retirement`, undefined],
    ['delete', cart, {}],
    ['put', `${cart}/phase`, { phase: 'audit', spec }],
  ] as const)(
    'can be seen only by those who may see all: %s %s',
    async (method, path, body) => {
      const answer = await request(server)[method](path).send(body);
      expect(refusal(answer)).toEqual([
        403,
        expect.stringMatching(
          /^You may not \w+ services without an owner\. Ask group:default\/platform\.$/,
        ),
      ]);
    },
  );
});
