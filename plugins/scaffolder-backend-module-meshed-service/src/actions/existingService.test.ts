import {
  aBackend,
  agrees,
  aReceipt,
  aRetirementPlan,
  aVerification,
  Asked,
  Said,
} from '../__testUtils__/aBackend';
import { aFolder } from '../__testUtils__/aPlace';
import { aRequest } from '../__testUtils__/aService';
import { aStep } from '../__testUtils__/aStep';

jest.setTimeout(300_000);

/** Steps on a service that exists: setPhase, retire, verify. */
describe('a step on a service that exists', () => {
  let backend: Awaited<ReturnType<typeof aBackend>>;
  let says: (asked: Asked) => Said;
  beforeAll(async () => {
    backend = await aBackend(asked => says(asked));
  });
  afterAll(() => backend.stop());
  beforeEach(() => {
    says = agrees;
    backend.asked.length = 0;
  });
  const step = () =>
    aStep({ repositories: `${aFolder()}/none`, backend: backend.url });
  const setPhase = 'meshedService:service:setPhase';
  const retire = 'meshedService:service:retire';
  const verify = 'meshedService:service:verify';
  const base = '/v1/services/local/cart/cart';

  it.each<[string, string | object, object]>([
    ['its entity', 'component:default/cart', {}],
    ['its place', 'local/cart/cart', {}],
    ['the original values', aRequest(), { spec: aRequestAsMeant() }],
  ])('finds it by %s', async (_, service, more) => {
    const { output } = await step().run(setPhase, {
      service: service as string,
      phase: 'enforce',
      reason: ' Seen for two weeks ',
    });

    expect(backend.asked).toEqual([
      {
        line: `PUT ${base}/phase`,
        body: {
          phase: 'enforce',
          reason: 'Seen for two weeks',
          task: 'task-1',
          ...more,
        },
      },
    ]);
    expect(output.entityRef).toBe('component:default/cart');
  });

  it.each([
    ['component:default/mailer', 'is no meshed service'],
    ['component:default/nobody', 'the catalog has no'],
    ['cart', 'names no service'],
    ['local/cart', 'names no service'],
    ['component:', 'is no reference of an entity'],
  ])('refuses %s in plain words, and asks nothing', async (service, words) => {
    for (const id of [setPhase, retire, verify])
      await expect(step().run(id, { service, phase: 'audit' })).rejects.toThrow(
        words,
      );
    expect(backend.asked).toEqual([]);
  });

  it('shows phase, reason and restart in the receipt', async () => {
    says = () => ({
      lines: [
        {
          receipt: aReceipt({
            operation: 'phase',
            phase: { from: 'audit', to: 'enforce', reason: 'No *traffic*' },
            restart: {
              ref: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'cart' },
              because: 'pods take their default when they start.',
            },
            repository: {
              name: 'cart',
              branch: 'main',
              commit: 'abc',
              html: 'http://forge/cart',
              change: 'http://forge/cart/changes/1',
            },
          }),
        },
      ],
    });
    const { output, events } = await step().run(setPhase, {
      service: 'local/cart/cart',
      phase: 'enforce',
      reason: 'x',
    });

    expect(output).toMatchObject({
      changeUrl: 'http://forge/cart/changes/1',
      receipt: expect.stringMatching(
        /`audit` → `enforce`, because: No \\\*traffic\\\*\.[\s\S]*Restart `Deployment cart`/,
      ),
    });
    expect(events).toHaveLength(1);
  });

  it('says what goes before it goes, and retires whose it was', async () => {
    says = asked =>
      asked.line.startsWith('GET')
        ? {
            value: aRetirementPlan({
              objects: [
                {
                  system: 'vault',
                  ref: {
                    apiVersion: 'meshway.dev/v1alpha1',
                    kind: 'VaultRole',
                    name: 'kubernetes/meshway.local.cart.cart',
                  },
                  action: 'left',
                  because: 'it belongs to somebody',
                },
                ...aRetirementPlan().objects,
              ],
              // As the backend answers, which knows what was typed.
              namespace: asked.line.includes('confirmNamespace=cart')
                ? { name: 'cart', action: 'delete' }
                : aRetirementPlan().namespace,
              foreign: [
                { apiVersion: 'v1', kind: 'ConfigMap', name: 'theirs' },
              ],
            }),
          }
        : agrees(asked);
    const { log } = await step().run(retire, {
      service: 'component:default/cart',
      confirmNamespace: 'cart',
    });

    expect(log).toEqual(
      expect.arrayContaining([
        'Retiring local/cart/cart of group:default/shop',
        '  delete ServiceAccount cart',
        '  left VaultRole kubernetes/meshway.local.cart.cart: it belongs to somebody',
        '  delete Namespace cart',
        '  not ours, and not touched: ConfigMap theirs',
        '  nobody can list: secrets',
      ]),
    );
    expect(backend.asked).toEqual([
      { line: `GET ${base}/retirement?confirmNamespace=cart`, body: {} },
      {
        line: `DELETE ${base}`,
        body: {
          owner: 'group:default/shop',
          delivery: 'apply',
          confirmNamespace: 'cart',
          task: 'task-1',
          waitSeconds: 20,
        },
      },
    ]);
  });

  it('does not call a service retired that waits for a finalizer, and goes on when it is retried', async () => {
    const [first] = aReceipt().steps;
    const waiting = aReceipt({
      operation: 'retire',
      outcome: 'partial',
      steps: [{ ...first, outcome: 'waiting', because: 'Argo CD is at work' }],
    });
    says = asked =>
      asked.line.startsWith('DELETE')
        ? { lines: [{ receipt: waiting }] }
        : agrees(asked);
    const action = step();
    const input = { service: 'component:default/cart', waitSeconds: 30 };
    await expect(action.run(retire, input)).rejects.toThrow(
      'not gone yet after 30 seconds: Argo CD is at work. Press Retry',
    );
    says = agrees;
    const { output } = await action.run(retire, input);

    expect(output.outcome).toBe('written');
    expect(backend.asked.map(({ line }) => line)).toEqual([
      `GET ${base}/retirement`,
      `DELETE ${base}`,
      `DELETE ${base}`,
      `DELETE ${base}`,
    ]);
  });

  it('retires nothing while something stands against it', async () => {
    const problem = {
      code: 'name-taken' as const,
      system: 'kubernetes' as const,
      message: 'It is theirs.',
      fix: 'Ask them.',
    };
    says = () => ({ value: aRetirementPlan({ problems: [problem] }) });

    await expect(
      step().run(retire, { service: 'local/cart/cart' }),
    ).rejects.toThrow('It is theirs. Ask them.');
    expect(backend.asked).toHaveLength(1);
  });

  it('waits until all is well', async () => {
    says = () => ({
      lines: [
        { step: 'namespace: it is not there yet' },
        {
          verification: aVerification(
            backend.asked.length < 2
              ? { state: 'missing', timedOut: true }
              : {},
          ),
        },
      ],
    });
    const { output } = await step().run(verify, {
      service: aRequest(),
      completeRole: true,
      waitSeconds: 60,
    });

    expect(output).toMatchObject({
      state: 'ok',
      findings: [],
      timedOut: false,
    });
    expect(backend.asked.map(({ body }) => body)).toEqual([
      { spec: aRequestAsMeant(), completeRole: true, waitSeconds: 20 },
      { spec: aRequestAsMeant(), completeRole: true, waitSeconds: 20 },
    ]);
  });

  it('fails with every finding when it is not, unless that is tolerated', async () => {
    const finding = (message: string) => ({
      part: 'vaultRole' as const,
      state: 'degraded' as const,
      message,
      fix: 'Mend it.',
    });
    says = () => ({
      lines: [
        {
          verification: aVerification({
            state: 'degraded',
            findings: [finding('One.'), finding('Two.')],
          }),
        },
      ],
    });
    const input = { service: 'local/cart/cart', waitSeconds: 0 };
    await expect(step().run(verify, input)).rejects.toThrow(
      'local/cart/cart is degraded. Press Retry to look again.\nvaultRole is degraded: One. Mend it.\nvaultRole is degraded: Two. Mend it.',
    );
    const { output } = await step().run(verify, {
      ...input,
      tolerate: ['degraded'],
    });
    expect(output.state).toBe('degraded');
  });

  it('asks nobody in a dry run', async () => {
    const service = 'component:default/cart';
    const runs = [];
    for (const id of [setPhase, retire, verify])
      runs.push(
        await step().run(id, { service, phase: 'audit' }, { isDryRun: true }),
      );

    expect(runs.map(({ output }) => output.outcome ?? output.state)).toEqual([
      'notWritten',
      'notWritten',
      'notVerified',
    ]);
    expect(backend.asked).toEqual([]);
  });

  it('stops when the task is cancelled', async () => {
    for (const id of [setPhase, retire, verify])
      await expect(
        step().run(
          id,
          { service: 'local/cart/cart', phase: 'audit' },
          { signal: AbortSignal.abort() },
        ),
      ).rejects.toThrow(/abort/i);
    expect(backend.asked).toEqual([]);
  });
});

/** The values without what a form cannot help sending. */
function aRequestAsMeant() {
  const { rateLimit: _, egress: __, ...rest } = aRequest();
  return {
    ...rest,
    ports: [{ name: 'grpc', port: 8080, protocol: 'gRPC' }],
  };
}
