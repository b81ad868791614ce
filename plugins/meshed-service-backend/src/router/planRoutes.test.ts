import { mockCredentials } from '@backstage/backend-test-utils';
import {
  guardrailsResponseSchema,
  planResponseSchema,
} from '@meshway/plugin-meshed-service-common';
import {
  aMeshedServiceInput,
  aMeshedServiceSpec,
} from '@meshway/plugin-meshed-service-common/testUtils';
import request from 'supertest';
import { allow, aPortal, ownersOnly } from '../__testUtils__/aPortal';
import { isDocumented } from '../__testUtils__/isDocumented';
import { lastTrace } from '../__testUtils__/lastTrace';

const cart = aMeshedServiceInput({
  name: 'cart',
  owner: 'shop',
  ports: [{ name: 'grpc', port: 8080, protocol: 'gRPC' }],
});

const deep = `${'['.repeat(50_000)}${']'.repeat(50_000)}`;
const manyFields = Object.fromEntries(
  Array.from({ length: 10_000 }, (_, index) => [`field${index}`, index]),
);

describe('plans over HTTP', () => {
  const portal = aPortal();
  let server: Parameters<typeof request>[0];

  beforeAll(async () => {
    await portal.publish(
      aMeshedServiceSpec({ name: 'taken', owner: 'payments' }),
    );
    server = await portal.start();
  });

  beforeEach(() => {
    portal.permissions.authorizeConditional.mockImplementation(async queries =>
      queries.map(() => allow),
    );
  });

  const plan = (body: object) =>
    request(server)
      .post('/api/meshed-service/v1/plan')
      .send(body)
      .expect(isDocumented);

  it('says what a request would do, and writes nothing', async () => {
    const before = await portal.forge.listRepositories();
    const { status, body } = await plan({ spec: cart });
    const planned = planResponseSchema.parse(body);
    if (planned.kind !== 'planned') throw new Error(JSON.stringify(planned));
    expect({
      status,
      name: planned.spec.name,
      violations: planned.violations,
      taken: planned.taken,
      changes: [...new Set(planned.files.map(({ change }) => change))],
      stamp: planned.files.find(({ path }) => path === 'meshed.service.yaml'),
      repositories: await portal.forge.listRepositories(),
    }).toEqual({
      status: 200,
      name: 'cart',
      violations: [],
      taken: undefined,
      changes: ['create'],
      stamp: {
        path: 'meshed.service.yaml',
        ownership: 'managed',
        change: 'create',
      },
      repositories: before,
    });
    expect(planned.objects).toMatch(/^apiVersion: v1\nkind: Namespace\n/);
  });

  it('names every problem of a request that cannot be, by field', async () => {
    const { status, body } = await plan({
      spec: { ...cart, name: 'Cart\n---', ports: [{ name: 'x', port: 0 }] },
    });
    expect(status).toBe(200);
    expect(planResponseSchema.parse(body)).toEqual({
      kind: 'refused',
      problems: expect.arrayContaining([
        { path: 'name', message: expect.any(String) },
        { path: 'ports[0].port', message: expect.any(String) },
      ]),
    });
  });

  it('says who holds a name that is taken', async () => {
    const { body } = await plan({
      spec: aMeshedServiceInput({ name: 'taken', owner: 'shop' }),
    });
    const planned = planResponseSchema.parse(body);
    expect(planned.kind === 'planned' && planned.taken).toEqual({
      owner: 'group:default/payments',
      message:
        'The name local/taken/taken is taken by group:default/payments. Choose another name, or ask them.',
    });
  });

  it('takes no name for taken that its holder hands over', async () => {
    const takenFrom = async (transferFrom: string) => {
      const { body } = await plan({
        spec: aMeshedServiceInput({ name: 'taken', owner: 'shop' }),
        transferFrom,
      });
      const planned = planResponseSchema.parse(body);
      return planned.kind === 'planned' ? planned.taken?.owner : planned;
    };
    expect([
      await takenFrom('group:default/payments'),
      await takenFrom('group:default/checkout'),
    ]).toEqual([undefined, 'group:default/payments']);
  });

  it('says that a repository is in use, and that a service of ours has another', async () => {
    const takenFor = async (fields: Record<string, unknown>) => {
      const { body } = await plan({ spec: aMeshedServiceInput(fields) });
      const planned = planResponseSchema.parse(body);
      return planned.kind === 'planned' ? planned.taken : planned;
    };
    expect([
      await takenFor({
        name: 'cart',
        owner: 'shop',
        delivery: { repository: 'taken' },
      }),
      await takenFor({
        name: 'taken',
        owner: 'payments',
        delivery: { repository: 'other' },
      }),
    ]).toEqual([
      {
        message:
          'delivery.repository: taken belongs to the service local/taken/taken of group:default/payments. Choose another repository.',
      },
      {
        owner: 'group:default/payments',
        message: expect.stringContaining(
          'local/taken/taken exists already in repository taken',
        ),
      },
    ]);
  });

  it("is refused in another team's name, names whom to ask, and leaves a trace", async () => {
    portal.permissions.authorizeConditional.mockImplementation(async queries =>
      queries.map(() => ownersOnly('group:default/payments')),
    );
    portal.auditor.createEvent.mockClear();
    const { status, body } = await plan({ spec: cart });
    expect([status, body.error.message]).toEqual([
      403,
      'You may not ask for services of group:default/shop. Ask group:default/shop or group:default/platform.',
    ]);
    expect(await lastTrace(portal)).toEqual([
      'service-plan',
      'failed',
      { service: 'local/cart/cart', owner: 'group:default/shop' },
    ]);
  });

  it.each<[string, object, number, unknown[]]>([
    [
      'that is agreed to',
      { spec: cart, transferFrom: 'group:default/payments' },
      200,
      [
        'succeeded',
        {
          service: 'local/cart/cart',
          owner: 'group:default/shop',
          transferFrom: 'group:default/payments',
          outcome: 'create',
          violations: [],
        },
      ],
    ],
    [
      'of what cannot be',
      { spec: { ...cart, name: 'Cart\n---', namespace: '../shop' } },
      200,
      ['succeeded', { outcome: 'refused', problems: 2 }],
    ],
    ['that is not understood', [], 400, ['failed', {}]],
  ])('leaves a trace of a plan %s', async (_, body, expected, trace) => {
    portal.auditor.createEvent.mockClear();
    const { status } = await plan(body);
    expect(status).toBe(expected);
    expect(await lastTrace(portal)).toEqual(['service-plan', ...trace]);
    expect(portal.auditor.createEvent).toHaveBeenCalledTimes(1);
  });

  it('is for people: a service has no teams', async () => {
    const { status } = await plan({ spec: cart }).set(
      'Authorization',
      mockCredentials.service.header(),
    );
    expect(status).toBe(403);
  });

  it.each([
    [{ spec: cart, owner: 'shop' }, 'owner: is not known here; remove it'],
    [JSON.parse('{"__proto__": 1}'), '__proto__: is not known here; remove it'],
    [[], 'must be an object, not a list'],
  ])('refuses the body %.40j', async (body, message) => {
    const response = await plan(body);
    expect([response.status, response.body.error.message]).toEqual([
      400,
      expect.stringContaining(message),
    ]);
  });

  it.each([
    ['a form', 'application/x-www-form-urlencoded', 'spec=1'],
    ['plain text', 'text/plain', '{"spec": {}}'],
    ['another charset', 'application/json; charset=latin1', '{"spec": {}}'],
    ['JSON that breaks off', 'application/json', '{"spec": {"name": "cart'],
    ['a text', 'application/json', '"spec"'],
  ])('refuses %s, without a stack', async (_, type, body) => {
    const response = await request(server)
      .post('/api/meshed-service/v1/plan')
      .set('Content-Type', type)
      .send(body);
    expect([400, 415]).toContain(response.status);
    expect(response.body.error.message).toEqual(expect.any(String));
    expect(response.text).not.toMatch(/\n\s+at |node_modules/);
  });

  it.each([
    ['missing', '{}'],
    ['a text', '{"spec": "cart"}'],
    ['nested without end', `{"spec": ${deep}}`],
    ['nested without end in a field', `{"spec": {"name": ${deep}}}`],
    ['full of unknown fields', JSON.stringify({ spec: manyFields })],
  ])('says what is wrong with a spec that is %s', async (_, body) => {
    const response = await request(server)
      .post('/api/meshed-service/v1/plan')
      .type('json')
      .send(body);
    expect([response.status, response.body]).toEqual([
      200,
      { kind: 'refused', problems: expect.any(Array) },
    ]);
    expect(response.text.length).toBeLessThan(20_000);
  });

  it('has no other way to ask', async () => {
    const path = '/api/meshed-service/v1/plan';
    const answers = await Promise.all([
      request(server).get(path),
      request(server).put(path).send({ spec: cart }),
      request(server).delete(path),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404]);
  });

  it('lets nobody plan who has not signed in', async () => {
    const { status } = await plan({ spec: cart }).set(
      'Authorization',
      mockCredentials.none.header(),
    );
    expect(status).toBe(401);
  });

  it('lists the rules that judge every write', async () => {
    const { status, body } = await request(server).get(
      '/api/meshed-service/v1/guardrails',
    );
    const { items } = guardrailsResponseSchema.parse(body);
    expect([status, items.length >= 10]).toEqual([200, true]);
  });
});

describe('a portal whose guardrails are broken', () => {
  const portal = aPortal();
  let server: Parameters<typeof request>[0];

  beforeAll(async () => {
    portal.folder.addContent({ pack: { 'broken.yaml': 'kind: [\n' } });
    server = await portal.start({
      guardrails: { pack: portal.folder.resolve('pack') },
    });
  });

  it('refuses every plan and says why, naming the setting', async () => {
    const { status, body } = await request(server)
      .post('/api/meshed-service/v1/plan')
      .send({ spec: cart });
    expect([status, body.error]).toEqual([
      503,
      {
        name: 'ServiceUnavailableError',
        message: expect.stringMatching(
          /^The guardrails \(meshedService\.guardrails\.pack\) cannot be used, so nothing can be written: /,
        ),
      },
    ]);
  });

  it('refuses a pack that is not there, without naming folders of the server', async () => {
    const gone = aPortal();
    const { body, text } = await request(
      await gone.start({ guardrails: { pack: gone.folder.resolve('none') } }),
    )
      .post('/api/meshed-service/v1/plan')
      .send({ spec: cart });
    expect(body.error.message).toMatch(
      /meshedService\.guardrails\.pack says where it lies$/,
    );
    expect(text).not.toContain(gone.folder.path);
  });

  it('goes on reading', async () => {
    const services = await request(server).get(
      '/api/meshed-service/v1/services',
    );
    const guardrails = await request(server).get(
      '/api/meshed-service/v1/guardrails',
    );
    expect([services.status, guardrails.status]).toEqual([200, 503]);
  });
});
