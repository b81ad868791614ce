import { existsSync } from 'node:fs';
import {
  aBackend,
  agrees,
  aPlan,
  aProvisioningPlan,
  aReceipt,
  Asked,
  Said,
} from '../__testUtils__/aBackend';
import { aFolder } from '../__testUtils__/aPlace';
import { aRequest } from '../__testUtils__/aService';
import { aStep } from '../__testUtils__/aStep';
import { repositoriesIn } from '../__testUtils__/repositories';

jest.setTimeout(300_000);
const id = 'meshedService:service:apply';
const service = aRequest();
const route = 'PUT /v1/services/local/cart/cart';

describe('meshedService:service:apply', () => {
  let backend: Awaited<ReturnType<typeof aBackend>>;
  let says: (asked: Asked) => Said;
  let repositories: string;
  beforeAll(async () => {
    backend = await aBackend(asked => says(asked));
  });
  afterAll(() => backend.stop());
  beforeEach(() => {
    says = agrees;
    backend.asked.length = 0;
    repositories = `${aFolder()}/repositories`;
  });
  const step = (change: object = {}) =>
    aStep({ repositories, backend: backend.url, ...change });

  it('asks first, publishes, lets the backend write, and tells the catalog', async () => {
    const { output, log, events } = await step().run(id, { service });

    expect(backend.asked.map(({ line }) => line)).toEqual([
      'POST /v1/plan',
      route,
    ]);
    expect(backend.asked[1].body).toEqual({
      spec: expect.objectContaining({ name: 'cart' }),
      template: {
        ref: 'template:default/meshed-service',
        version: expect.any(String),
      },
      task: 'task-1',
      waitSeconds: 0,
    });
    expect(output).toMatchObject({
      service: 'local/cart/cart',
      entityRef: 'component:default/cart',
      outcome: 'written',
      isWritten: true,
      changes: ['created Namespace cart'],
      waits: [],
      repository: 'cart',
      receipt: expect.stringMatching(
        /^Created \*\*local\/cart\/cart\*\*[\s\S]*is what was asked for/,
      ),
    });
    expect(log).toContain('Asking all systems about local/cart/cart');
    expect(Object.keys(repositoriesIn(repositories))).toEqual([
      'cart',
      'meshway-registry',
    ]);
    expect(events).toEqual([
      {
        topic: 'meshed-service.published',
        eventPayload: { service: 'local/cart/cart', repository: 'cart' },
      },
    ]);
  });

  it('leaves the repository of a service that exists to the backend, which records the answers in it', async () => {
    says = asked =>
      asked.line === route
        ? agrees(asked)
        : {
            value: aPlan({
              files: [
                {
                  path: 'meshed.service.yaml',
                  ownership: 'managed',
                  change: 'change',
                },
              ],
            }),
          };
    const { output } = await step().run(id, { service });

    expect(output.outcome).toBe('written');
    expect(backend.asked).toHaveLength(2);
    expect(repositoriesIn(repositories)).toEqual({});
  });

  it('hands a service over when it is told who holds it', async () => {
    const transferFrom = 'group:default/payments';
    await step().run(id, { service, transferFrom });

    expect(backend.asked.map(({ line, body }) => [line, body])).toEqual([
      ['POST /v1/plan', { spec: expect.anything(), transferFrom }],
      [route, expect.objectContaining({ transferFrom })],
    ]);
    // The backend changes the repository last; until then it is the former owner's.
    expect(repositoriesIn(repositories)).toEqual({});
  });

  it('asks the backend to write no second time when it is retried', async () => {
    const again = step();
    await again.run(id, { service });
    const { output } = await again.run(id, { service });

    expect(backend.asked.filter(({ line }) => line === route)).toHaveLength(1);
    expect(output.outcome).toBe('written');
  });

  it('publishes, and says that it is all, where the portal only looks at the cluster', async () => {
    const { output } = await aStep({ repositories }).run(id, { service });

    expect(backend.asked).toEqual([]);
    expect(output).toMatchObject({
      isWritten: false,
      outcome: 'written',
      receipt: expect.stringContaining('only looks at cluster `local`'),
    });
    expect(repositoriesIn(repositories)).toHaveProperty('cart');
  });

  const problems = ['Vault is sealed.', 'A right is missing.'].map(message => ({
    code: 'vault-sealed' as const,
    system: 'vault' as const,
    message,
    fix: 'Ask the platform team.',
  }));
  it.each<[string, object, RegExp]>([
    [
      'there are problems, all of which it tells',
      aPlan({ provisioning: aProvisioningPlan({ problems }) }),
      /Vault is sealed[\s\S]*A right is missing/,
    ],
    [
      'the name is taken',
      aPlan({ taken: { message: 'cart belongs to group:default/pay.' } }),
      /belongs to group:default\/pay/,
    ],
    [
      'nobody can say what would happen',
      aPlan({
        provisioning: undefined,
        provisioningUnknown: 'local: no answer',
      }),
      /Nobody can say[\s\S]*local: no answer/,
    ],
    [
      'somebody holds it whom the user may not see',
      aPlan({ provisioning: undefined }),
      /held by somebody whose services you may not see/,
    ],
    [
      'the request is refused',
      { kind: 'refused', problems: [{ path: 'name', message: 'is bad' }] },
      /name: is bad/,
    ],
  ])('writes nothing while %s', async (_, value, words) => {
    says = () => ({ value });

    await expect(step().run(id, { service })).rejects.toThrow(words);
    expect(backend.asked.map(({ line }) => line)).toEqual(['POST /v1/plan']);
    expect(repositoriesIn(repositories)).toEqual({});
  });

  it('stops before its first write when the sign-in has expired, without a stack', async () => {
    const failed = await step({ signInExpired: true })
      .run(id, { service })
      .catch(error => error);

    expect(failed.stack).toMatch(/^AuthenticationError: .*press Retry[^\n]*$/);
    expect(backend.asked).toEqual([]);
    expect(repositoriesIn(repositories)).toEqual({});
  });

  it('goes on after the backend was gone in the middle', async () => {
    const interrupted = step();
    says = asked =>
      asked.line === route
        ? { lines: [{ step: 'Writing Namespace cart' }], cut: true }
        : agrees(asked);
    await expect(interrupted.run(id, { service })).rejects.toThrow(
      /press Retry/,
    );
    says = agrees;
    const { output, log } = await interrupted.run(id, { service });

    expect(output.outcome).toBe('written');
    expect(log.filter(line => /^Writing repository/.test(line))).toEqual([]);
  });

  it('waits in slices, and tells each step once', async () => {
    const waiting = aReceipt().steps.map(each => ({
      ...each,
      outcome: 'waiting' as const,
      because: 'Argo CD writes it',
    }));
    says = asked =>
      asked.line === route
        ? {
            lines: [
              { step: 'Waiting for Argo CD' },
              {
                receipt: aReceipt(
                  backend.asked.length < 4
                    ? { outcome: 'partial', steps: waiting }
                    : {},
                ),
              },
            ],
          }
        : agrees(asked);
    const { output, log } = await step().run(id, { service, waitSeconds: 50 });

    expect(
      backend.asked
        .filter(({ line }) => line === route)
        .map(({ body }) => body.waitSeconds),
    ).toEqual([20, 20, 10]);
    expect(output).toMatchObject({ outcome: 'written', waits: [] });
    expect(log.filter(line => line === 'Waiting for Argo CD')).toHaveLength(1);
  });

  it('asks nobody and writes nothing in a dry run', async () => {
    const { output, asked, events } = await step().run(
      id,
      { service },
      { isDryRun: true },
    );

    expect(output).toMatchObject({ outcome: 'notWritten', isWritten: true });
    expect([asked, events, backend.asked]).toEqual([[], [], []]);
    expect(existsSync(repositories)).toBe(false);
  });
});
