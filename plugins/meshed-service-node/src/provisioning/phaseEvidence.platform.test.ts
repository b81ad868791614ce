import { platformForTests } from '@meshway/test-platform';
import {
  ScriptedAnswer,
  ScriptedServer,
} from '../http/__testUtils__/ScriptedServer';
import { defaultPrometheusTimes, trafficFromConfig } from '../prometheus';
import { byAda, refusal } from './__testUtils__/aCluster';
import { aWatchedCluster } from './__testUtils__/aWatchedCluster';

describe('a move to enforce, where a Prometheus measures traffic', () => {
  const platform = platformForTests(['kubernetes']);
  const cluster = aWatchedCluster(platform);
  let prometheus: ScriptedServer;
  beforeEach(async () => {
    prometheus = await ScriptedServer.start();
  });
  afterEach(() => prometheus.close());

  /** A service in audit, in a cluster whose proxies were scraped all the time. */
  async function aService(callers: (name: string) => object[]) {
    const traffic = trafficFromConfig({
      clusters: [
        {
          name: 'local',
          prometheus: {
            url: prometheus.address,
            labels: {},
            ...defaultPrometheusTimes,
          },
        },
      ],
    });
    const service = cluster.aService({ phase: 'audit' }, { traffic });
    const { name } = service;
    prometheus.otherwise(({ line }): ScriptedAnswer => {
      const covered = { metric: { namespace: name }, value: [0, '0.99'] };
      const asked = line.includes('sum_over_time');
      const allowed = line.includes('inbound_http') ? callers(name) : [];
      const result = asked ? [covered] : allowed;
      return {
        status: 200,
        body: { status: 'success', data: { resultType: 'vector', result } },
      };
    });
    await service.provisioning.ensure(service.request, byAda());
    return service;
  }

  const aCaller = (name: string) => ({
    metric: {
      ...{ namespace: name, pod: `${name}-1`, srv_port: '8081', tls: 'true' },
      client_id: 'other.shop.serviceaccount.identity.linkerd.cluster.local',
      ...{ srv_kind: 'server', srv_name: `${name}.http` },
      ...{ authz_kind: 'default', authz_name: 'audit' },
    },
    value: [0, '3'],
  });

  it('needs no reason when nobody called for a day whom enforcement would deny, and the receipt says so', async () => {
    const { provisioning, request } = await aService(() => []);
    const { phase, outcome } = await provisioning.setPhase(
      { request, phase: 'enforce' },
      byAda(),
    );
    expect({ phase, outcome }).toEqual({
      outcome: 'written',
      phase: {
        from: 'audit',
        to: 'enforce',
        evidence: {
          outcome: 'nobody',
          because: 'Nobody called in the window whom enforcement would deny.',
          callers: [],
          windowSeconds: 86_400,
          source: `Prometheus ${prometheus.address}`,
          observedAt: expect.any(String),
        },
      },
    });
  });

  it('names whom it would cut off and writes nothing, until somebody says why it may', async () => {
    const { provisioning, request } = await aService(name => [aCaller(name)]);
    const writes = () =>
      cluster.proxy.run.requests.filter(({ method }) => method !== 'GET');
    const before = writes().length;
    const said = await refusal(
      provisioning.setPhase({ request, phase: 'enforce' }, byAda()),
    );
    const written = writes().length - before;
    const { phase } = await provisioning.setPhase(
      { request, phase: 'enforce', reason: 'It is a scanner' },
      byAda(),
    );
    expect({ said, written, phase }).toEqual({
      said: 'InputError: reason: say why audit may become enforce; there is no evidence from traffic that nobody is cut off. Enforcement would deny shop/other at port 8081, who called in the last day.',
      written: 0,
      phase: {
        ...{ from: 'audit', to: 'enforce', reason: 'It is a scanner' },
        evidence: expect.objectContaining({
          outcome: 'somebody',
          callers: ['shop/other at port 8081'],
        }),
      },
    });
  });

  it('takes a Prometheus that does not answer for no evidence', async () => {
    const { provisioning, request } = await aService(() => []);
    prometheus.otherwise(() => ({ status: 400, text: 'no' }));
    expect(
      await refusal(
        provisioning.setPhase({ request, phase: 'enforce' }, byAda()),
      ),
    ).toMatch(/there is no evidence from traffic .* gave nothing to use/);
  });
});
