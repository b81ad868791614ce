import { platformForTests } from '@meshway/test-platform';
import { aPortal } from '../__testUtils__/aPortal';
import { lastTrace } from '../__testUtils__/lastTrace';
import { administrator } from '../__testUtils__/onPlatform';
import { decideByPolicy } from '../__testUtils__/people';
import { serviceOverHttp } from '../__testUtils__/serviceOverHttp';

describe('what is asked over HTTP leaves a trace in the audit log', () => {
  const platform = platformForTests(['kubernetes']);
  jest.setTimeout(300_000);
  const portal = aPortal();
  const owner = 'group:default/shop';
  let service: ReturnType<typeof serviceOverHttp>;
  let admin: ReturnType<typeof administrator>;

  beforeAll(async () => {
    admin = administrator(platform);
    await admin.prepare();
    portal.permissions.authorizeConditional.mockImplementation(decideByPolicy);
    const server = await portal.start({
      clusters: [
        {
          name: 'local',
          kubeconfig: { file: platform.kubernetes.kubeconfig('writer') },
        },
      ],
      rateLimits: { writesPerMinute: 1000 },
    });
    service = serviceOverHttp(server, platform.newNamespaceName('cart'));
    await service.put('ada', { spec: service.spec({ phase: 'audit' }) });
  });

  /** @returns event, end and facts of what was asked, without the name of the service, which all have. */
  const traceOf = async (asked: PromiseLike<{ status: number }>) => {
    portal.auditor.createEvent.mockClear();
    const { status } = await asked;
    const [eventId, end, facts] = await lastTrace(portal);
    expect(portal.auditor.createEvent).toHaveBeenCalledTimes(1);
    const { name } = service;
    expect(facts).toMatchObject({ service: `local/${name}/${name}` });
    return { status, eventId, end, facts };
  };

  it('of a verification, with what it found, or that it was refused', async () => {
    const completeRole = true;
    expect([
      await traceOf(service.verify('ada', { waitSeconds: 0 })),
      await traceOf(service.verify('eve', { waitSeconds: 0, completeRole })),
    ]).toMatchObject([
      {
        status: 200,
        eventId: 'service-verify',
        end: 'succeeded',
        facts: { owner, completeRole: false, state: expect.any(String) },
      },
      {
        status: 403,
        eventId: 'service-verify',
        end: 'failed',
        facts: { owner, completeRole: true },
      },
    ]);
  });

  it('of whom a step back by force overrode', async () => {
    const { name, namespace } = service.service;
    await platform.kubernetes.server.send(
      'PATCH',
      `/apis/policy.linkerd.io/v1beta3/namespaces/${namespace}/servers/${name}.http?fieldManager=panic`,
      { spec: { accessPolicy: 'all-authenticated' } },
      'application/merge-patch+json',
    );
    const asked = { phase: 'observe', force: true };
    const spec = service.spec({ phase: 'audit' });
    expect(
      await traceOf(service.put('ada', { spec, ...asked }, 'phase')),
    ).toMatchObject({
      status: 200,
      eventId: 'service-phase',
      end: 'succeeded',
      facts: {
        owner,
        phase: { from: 'audit', to: 'observe' },
        overrode: ['panic'],
      },
    });
  });

  it('of a plan to retire and of the retirement, by whoever may and whoever may not', async () => {
    const confirmNamespace = service.name;
    const refused = [
      await traceOf(service.planRetirement('eve')),
      await traceOf(service.retire('eve')),
    ];
    const planned = await traceOf(service.planRetirement('ada'));
    const letGo = admin.letApplicationGo(service.service);
    const retired = await traceOf(service.retire('ada', { confirmNamespace }));
    await letGo;
    expect([...refused, planned, retired]).toMatchObject([
      { status: 403, eventId: 'service-retirement', end: 'failed' },
      { status: 403, eventId: 'service-retire', end: 'failed' },
      {
        status: 200,
        eventId: 'service-retirement',
        end: 'succeeded',
        facts: { owner, delivery: 'apply' },
      },
      {
        status: 200,
        eventId: 'service-retire',
        end: 'succeeded',
        facts: {
          owner,
          confirmNamespace,
          outcome: 'written',
          touched: expect.arrayContaining([
            expect.stringMatching(/^deleted .*Namespace/),
          ]),
        },
      },
    ]);
  });
});
