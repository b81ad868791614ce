import {
  annotations,
  kinds,
  planResponseSchema,
  progressSchema,
  provisioningReceiptSchema,
  retirementPlanSchema,
  verificationSchema,
} from '@meshway/plugin-meshed-service-common';
import { platformForTests } from '@meshway/test-platform';
import { aPortal } from '../__testUtils__/aPortal';
import { authorOfLastCommit } from '../__testUtils__/authorOfLastCommit';
import { administrator, PROJECT } from '../__testUtils__/onPlatform';
import { decideByPolicy } from '../__testUtils__/people';
import { serviceOverHttp } from '../__testUtils__/serviceOverHttp';

describe('services over HTTP, on a real API server', () => {
  const platform = platformForTests(['kubernetes']);
  const portal = aPortal();
  let admin: ReturnType<typeof administrator>;
  let server: Parameters<typeof serviceOverHttp>[0];

  beforeAll(async () => {
    admin = administrator(platform);
    await admin.prepare();
    portal.permissions.authorizeConditional.mockImplementation(decideByPolicy);
    server = await portal.start({
      clusters: [
        {
          name: 'local',
          kubeconfig: { file: platform.kubernetes.kubeconfig('writer') },
        },
      ],
      rateLimits: { writesPerMinute: 1000 },
    });
    // What reads a kubeconfig is loaded with the first request, which takes its time on a busy machine.
    const { plan, spec } = aService();
    await plan('ada', { spec: spec() });
  });

  const aService = () => {
    const name = platform.newNamespaceName('cart');
    return {
      ...serviceOverHttp(server, name),
      namespace: () => admin.namespace(name),
    };
  };
  type Answered = { status: number; body: { error?: { message: string } } };
  const refusal = ({ status, body }: Answered) => [status, body.error?.message];

  it('plans the cluster together with the repository, and writes nothing', async () => {
    const { spec, plan, namespace } = aService();
    const { body } = await plan('ada', { spec: spec() });
    const planned = planResponseSchema.parse(body);
    if (planned.kind !== 'planned') throw new Error(JSON.stringify(planned));
    expect({
      unknown: planned.provisioningUnknown,
      outcome: planned.provisioning?.outcome,
      problems: planned.provisioning?.problems,
      actions: [
        ...new Set(planned.provisioning?.objects.map(({ action }) => action)),
      ],
      namespace: await namespace(),
    }).toEqual({
      unknown: undefined,
      outcome: 'create',
      problems: [],
      actions: ['create'],
      namespace: undefined,
    });
  });

  it('makes a service once, and leaves a trace without what was sent', async () => {
    const { name, spec, put, namespace } = aService();
    portal.auditor.createEvent.mockClear();
    const first = await put('ada', { spec: spec() });
    const again = await put('ada', { spec: spec() });
    const receipts = [first, again].map(({ body }) =>
      provisioningReceiptSchema.parse(body),
    );
    expect(
      receipts.map(({ outcome, by, owner, operation }) => ({
        outcome,
        by,
        owner,
        operation,
      })),
    ).toEqual(
      ['written', 'unchanged'].map(outcome => ({
        outcome,
        by: 'user:default/ada',
        owner: 'group:default/shop',
        operation: 'ensure',
      })),
    );
    const seen = await namespace();
    expect(seen?.metadata.annotations?.[annotations.owner]).toBe(
      'group:default/shop',
    );
    const event = await portal.auditor.createEvent.mock.results[0].value;
    expect(portal.auditor.createEvent).toHaveBeenCalledWith(
      expect.objectContaining({
        eventId: 'service-ensure',
        meta: { service: `local/${name}/${name}` },
      }),
    );
    expect(event.success).toHaveBeenCalledWith({
      meta: {
        outcome: 'written',
        owner: 'group:default/shop',
        delivery: 'apply',
        touched: expect.arrayContaining([
          expect.stringMatching(/^created .*Namespace/),
        ]),
      },
    });
  });

  it('tells step by step to those who ask for lines', async () => {
    const { spec, put } = aService();
    const { headers, text } = await put('ada', { spec: spec() })
      .set('Accept', 'application/x-ndjson')
      .buffer(true)
      .parse((response, done) => {
        let lines = '';
        response.on('data', (chunk: Buffer) => {
          lines += chunk.toString();
        });
        response.on('end', () => done(null, lines));
      })
      .then(response => ({ headers: response.headers, text: response.body }));
    const lines = String(text)
      .trim()
      .split('\n')
      .map(line => progressSchema.parse(JSON.parse(line)));
    expect(headers['content-type']).toMatch(/^application\/x-ndjson/);
    expect(lines.slice(0, 6)).toEqual([
      { step: expect.stringMatching(/^Asking all systems/) },
      { step: expect.stringMatching(/^Looking for .* its repository/) },
      { step: expect.stringMatching(/^Judging/) },
      { step: expect.stringMatching(/^Claiming/) },
      { step: expect.stringMatching(/^Writing repository/) },
      { step: expect.stringMatching(/^Writing .*Namespace/) },
    ]);
    expect(lines.at(-1)).toEqual({
      receipt: expect.objectContaining({ outcome: 'written' }),
    });
  });

  it('makes part by part, the namespace first', async () => {
    const { spec, put } = aService();
    const body = { spec: spec() };
    expect(refusal(await put('ada', body, 'serviceAccount'))).toEqual([
      409,
      expect.stringContaining('does not exist; ensure it first'),
    ]);
    const outcomes = [];
    for (const part of [
      'namespace',
      'serviceAccount',
      'linkerdPolicy',
      'vaultRole',
      'argoApplication',
    ]) {
      const answer = await put('ada', body, part);
      outcomes.push(answer.body.outcome ?? refusal(answer));
    }
    expect(outcomes).toEqual([
      'written',
      'written',
      'written',
      'unchanged',
      'written',
    ]);
    expect((await put('ada', body)).body.outcome).toBe('unchanged');
  });

  it('lets only the owner ask, and tells whoever comes second who was first', async () => {
    const { name, spec, put, namespace } = aService();
    const theirs = { spec: spec({ owner: 'payments' }) };
    expect(refusal(await put('eve', { spec: spec() }))).toEqual([
      403,
      'You may not ask for services of group:default/shop. Ask group:default/shop or group:default/platform.',
    ]);
    expect(await namespace()).toBeUndefined();
    await put('ada', { spec: spec() });
    expect(refusal(await put('eve', { spec: spec() }))).toEqual([
      403,
      'You may not change services of group:default/shop. Ask group:default/shop or group:default/platform.',
    ]);
    expect(refusal(await put('eve', theirs))).toEqual([
      409,
      expect.stringContaining(
        `local/${name}/${name} belongs to group:default/shop.`,
      ),
    ]);
  });

  it('hands a service over only when it is meant, and by somebody with both rights', async () => {
    const { spec, put } = aService();
    await put('ada', { spec: spec() });
    const handover = {
      spec: spec({ owner: 'payments' }),
      transferFrom: 'group:default/shop',
    };
    const statuses = [
      (await put('ada', handover)).status,
      (await put('eve', handover)).status,
      (await put('zoe', { spec: handover.spec })).status,
      (await put('zoe', handover)).body.owner,
      (await put('zoe', handover)).body.outcome,
      (await put('ada', { spec: spec() })).status,
      (await put('eve', { spec: handover.spec })).body.outcome,
    ];
    expect(statuses).toEqual([
      403,
      403,
      409,
      'group:default/payments',
      'unchanged',
      409,
      'unchanged',
    ]);
  });

  it('moves to another phase with a reason, which stays in receipt and trace', async () => {
    const { spec, put } = aService();
    const observed = spec({ phase: 'observe' });
    await put('ada', { spec: observed });
    expect(
      refusal(await put('ada', { spec: observed, phase: 'audit' }, 'phase'))[0],
    ).toBe(400);
    expect(
      refusal(await put('eve', { spec: observed, phase: 'audit' }, 'phase'))[0],
    ).toBe(403);
    portal.auditor.createEvent.mockClear();
    const reason = 'No traffic yet';
    const { body } = await put(
      'ada',
      { spec: observed, phase: 'audit', reason },
      'phase',
    );
    const phase = { from: 'observe', to: 'audit', reason };
    expect(provisioningReceiptSchema.parse(body).phase).toEqual(phase);
    const event = await portal.auditor.createEvent.mock.results[0].value;
    expect(event.success).toHaveBeenCalledWith({
      meta: expect.objectContaining({ phase, reason }),
    });
  });

  it('goes by what is recorded when the phase changes, and by nothing else that is sent', async () => {
    const { spec, put } = aService();
    const observed = spec({ phase: 'observe' });
    await put('ada', { spec: observed });
    const forward = { phase: 'audit', reason: 'No traffic yet' };
    const smuggled = spec({ phase: 'observe', environment: 'production' });
    expect(
      refusal(await put('ada', { ...forward, spec: smuggled }, 'phase')),
    ).toEqual([
      409,
      expect.stringMatching(/is recorded with other answers for environment\./),
    ]);
    const outcomes = [];
    for (const body of [
      { ...forward, spec: observed },
      // Repeated, as after an answer that was lost.
      { ...forward, spec: observed },
      { phase: 'observe' },
    ]) {
      const answer = await put('ada', body, 'phase');
      const { outcome, phase } = provisioningReceiptSchema.parse(answer.body);
      outcomes.push([outcome, phase?.from, phase?.to]);
    }
    expect(outcomes).toEqual([
      ['written', 'observe', 'audit'],
      ['unchanged', 'audit', 'audit'],
      ['written', 'audit', 'observe'],
    ]);
  });

  it('names the way back that needs no repository, when those are away', async () => {
    const { spec, put } = aService();
    await put('ada', { spec: spec({ phase: 'audit' }) });
    const { PATH } = process.env;
    // There is no git.
    process.env.PATH = '/nonexistent';
    try {
      expect(refusal(await put('ada', { phase: 'observe' }, 'phase'))).toEqual([
        503,
        expect.stringMatching(
          /needs nothing but the cluster: meshway phase <phase> <file of the service>$/,
        ),
      ]);
    } finally {
      process.env.PATH = PATH;
    }
  });

  it('verifies what is there, for those who may see it', async () => {
    const { spec, put, verify } = aService();
    await put('ada', { spec: spec() });
    const { status, body } = await verify('eve', {
      spec: spec(),
      waitSeconds: 0,
    });
    const { findings } = verificationSchema.parse(body);
    expect([
      status,
      findings
        .filter(({ state }) => state === 'ok')
        .map(({ part }) => part)
        .sort(),
    ]).toEqual([
      200,
      expect.arrayContaining(['linkerdPolicy', 'namespace', 'serviceAccount']),
    ]);
    expect(
      refusal(
        await verify('eve', {
          spec: spec(),
          waitSeconds: 0,
          completeRole: true,
        }),
      )[0],
    ).toBe(403);
  });

  it('retires: shows what goes, keeps what nobody can list until the name is typed, and may be repeated', async () => {
    const { name, service, spec, put, planRetirement, retire, namespace } =
      aService();
    await put('ada', { spec: spec() });
    const { body } = await planRetirement('ada');
    const plan = retirementPlanSchema.parse(body);
    expect([plan.problems, plan.namespace.action, plan.foreign]).toEqual([
      [],
      'leave',
      [],
    ]);
    const asTyped = async (confirmNamespace: string) =>
      (await planRetirement('ada', { confirmNamespace })).body;
    expect((await asTyped(name)).namespace.action).toBe('delete');
    expect((await asTyped('x')).error.name).toBe('InputError');
    expect(refusal(await retire('eve'))[0]).toBe(403);
    expect(refusal(await retire('ada', { owner: 'group:default/x' }))[0]).toBe(
      409,
    );

    const letGo = admin.letApplicationGo(service);
    const emptied = await retire('ada');
    await letGo;
    expect([emptied.status, emptied.body.outcome]).toEqual([200, 'partial']);
    expect(await namespace()).toBeDefined();

    const gone = await retire('ada', { confirmNamespace: name });
    expect([gone.status, gone.body.outcome]).toEqual([200, 'written']);
    expect(await namespace()).toBeUndefined();

    const owner = 'group:default/shop';
    expect((await retire('ada', { owner })).body.outcome).toBe('unchanged');
    expect(refusal(await retire('ada'))[0]).toBe(403);
    expect(refusal(await retire('grace'))).toEqual([
      404,
      `Nobody holds local/${name}/${name}: it was never asked for, or is retired already.`,
    ]);
  });

  it('publishes what Argo CD delivers, and knows it by its stamp afterwards', async () => {
    const { name, spec, put, verify, planRetirement } = aService();
    const delivery = { mode: 'gitops', repository: name, project: PROJECT };
    const body = { spec: spec({ delivery }), waitSeconds: 0 };
    const { status, body: answer } = await put('ada', body);
    const receipt = provisioningReceiptSchema.parse(answer);
    expect([status, receipt.outcome, receipt.repository?.name]).toEqual([
      200,
      'written',
      name,
    ]);
    expect(
      await authorOfLastCommit(portal.folder.resolve('repositories'), name),
    ).toBe('Ada Lovelace <ada@acme.example>');
    expect((await put('eve', body)).status).toBe(403);
    const verified = await verify('eve', { waitSeconds: 0 });
    expect([verified.status, verified.body.state]).toEqual([200, 'missing']);
    const plan = await planRetirement('ada');
    expect([plan.status, plan.body.delivery]).toEqual([200, 'gitops']);
  });

  it('never touches a namespace of others, not even for somebody who may do everything', async () => {
    const { name, spec, put, retire, namespace } = aService();
    await admin.apply({ ...kinds.Namespace, metadata: { name } });
    const before = await namespace();
    const answers = [
      await put('grace', { spec: spec() }),
      await retire('grace', { owner: 'group:default/shop' }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([409, 409]);
    expect(await namespace()).toEqual(before);
  });
});
