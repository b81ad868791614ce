import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  anObservation,
  aPod,
} from '@meshway/plugin-meshed-service-common/testUtils';
import { HttpSender, Secret } from '../http';
import {
  aClock,
  ScriptedAnswer,
  ScriptedServer,
  SeenRequest,
} from '../http/__testUtils__/ScriptedServer';
import { PrometheusOverHttp } from './PrometheusOverHttp';
import { PrometheusTraffic } from './PrometheusTraffic';

const rounds = {
  labels: { cluster: 'eu-1' },
  intervalSeconds: 30,
  windowSeconds: 600,
  auditWindowSeconds: 86_400,
};
const who = { namespace: 'shop', pod: 'web-1' };
const observation = anObservation([aPod()]);

/** Answers for one proxy that `frontend` called 12 times, and nothing else. */
const healthy = ({ line }: SeenRequest): ScriptedAnswer => {
  const query = new URL(line.split(' ')[1], 'http://x').searchParams.get(
    'query',
  );
  if (query?.includes('"up"')) return vector({ metric: who, value: [0, '1'] });
  return query?.includes('inbound_http_authz_allow_total')
    ? vector({
        metric: {
          ...who,
          srv_port: '8080',
          tls: 'true',
          client_id:
            'frontend.shop.serviceaccount.identity.linkerd.cluster.local',
          authz_kind: 'authorizationpolicy',
          authz_name: 'web.http',
        },
        value: [0, '12.3'],
      })
    : vector();
};

function vector(...result: object[]): ScriptedAnswer {
  return {
    status: 200,
    body: { status: 'success', data: { resultType: 'vector', result } },
  };
}

describe('PrometheusTraffic', () => {
  let server: ScriptedServer;
  const opened: PrometheusTraffic[] = [];
  beforeEach(async () => {
    server = await ScriptedServer.start();
  });
  afterEach(async () => {
    await Promise.all(opened.splice(0).map(each => each.close()));
    server.close();
  });

  function aTraffic(access = {}, requestMilliseconds = 5_000) {
    const clock = aClock();
    const limits = {
      requestMilliseconds,
      totalMilliseconds: 10_000,
      attempts: 1,
      pauseMilliseconds: 1,
    };
    const traffic = new PrometheusTraffic(
      'local',
      new PrometheusOverHttp(
        { url: server.address, ...access },
        new HttpSender(limits, clock),
      ),
      rounds,
      clock,
    );
    opened.push(traffic);
    return { traffic, clock };
  }

  it('draws evidence from one round of answers', async () => {
    server.otherwise(healthy);
    const { traffic } = aTraffic();
    await traffic.round();
    expect(traffic.of(observation)).toEqual({
      kind: 'observed',
      source: `Prometheus ${server.address}`,
      observedAt: '2026-11-21T12:00:00.000Z',
      windowSeconds: 600,
      ports: [
        {
          port: 8080,
          admitted: [
            {
              transport: 'secured',
              identity:
                'frontend.shop.serviceaccount.identity.linkerd.cluster.local',
              requests: 12,
              connections: 0,
              openConnections: 0,
              by: ['AuthorizationPolicy web.http'],
            },
          ],
          wouldBeDenied: [],
          denied: [],
          unrouted: [],
          rateLimited: [],
          probes: [],
          unjudged: [],
        },
      ],
      silent: [],
      unseenPorts: [],
      unseenNetworks: [],
      failedHandshakes: 0,
      certificates: [],
    });
  });

  it('asks the same 14 questions at one instant, of the series of its cluster only, however many services there are', async () => {
    server.otherwise(healthy);
    const { traffic } = aTraffic();
    await traffic.round();
    const asked = server.seen.map(
      ({ line }) => new URL(line.split(' ')[1], 'http://x').searchParams,
    );
    const count = asked.length;
    const instants = new Set(asked.map(each => each.get('time')));
    for (let each = 0; each < 100; each++) traffic.of(observation);
    expect({
      count,
      instants: [...instants],
      ofCluster: asked.every(each =>
        each.get('query')?.includes('cluster="eu-1"'),
      ),
      askedByReading: server.seen.length - count,
    }).toEqual({
      count: 14,
      instants: ['1795262400.000'],
      ofCluster: true,
      askedByReading: 0,
    });
  });

  it('says that nobody has answered yet', () => {
    expect(aTraffic().traffic.of(observation)).toEqual({
      kind: 'noData',
      because: `Prometheus ${server.address} has not answered yet.`,
      source: `Prometheus ${server.address}`,
    });
  });

  const huge = `{"status":"success","data":"${'x'.repeat(25 * 1024 * 1024)}"}`;
  it.each<[string, ScriptedAnswer, RegExp]>([
    ['none', 'reset', /could not be asked/],
    ['slow', 'hang', /did not answer in time/],
    ['huge', { status: 200, text: huge }, /is larger than 24 MiB/],
    ['cut off', { status: 200, text: '{"status":"succ' }, /something else/],
    [
      'a page of a login',
      { status: 302, text: '<html>', headers: { location: '/login' } },
      /it answered 302/i,
    ],
    [
      'a part only',
      {
        status: 200,
        body: {
          status: 'success',
          warnings: ['No StoreAPIs matched for this query'],
          data: { resultType: 'vector', result: [] },
        },
      },
      /its answer is a part only: No StoreAPIs matched/i,
    ],
    [
      'a matrix',
      {
        status: 200,
        body: { status: 'success', data: { resultType: 'matrix', result: [] } },
      },
      /its answer is no vector/i,
    ],
    [
      'a row without a value',
      vector({ metric: { __proto__: 'x' } }),
      /a row of its answer has no labels or no value/i,
    ],
    [
      'an error of the query',
      { status: 422, body: { status: 'error', error: 'too many samples' } },
      /it said 422: too many samples/i,
    ],
    ['a refusal', { status: 403, text: 'no' }, /Check token or tokenFile/],
  ])(
    'keeps the last whole round, with its age and the reason, when an answer is %s',
    async (_, answer, reason) => {
      server.otherwise(healthy);
      const { traffic, clock } = aTraffic({}, answer === 'hang' ? 200 : 5_000);
      await traffic.round();
      const before = traffic.of(observation);
      await clock.sleep(30_000);
      // One of the fourteen is enough: a part of a round is none.
      server.will(...Array<ScriptedAnswer>(1).fill(answer));
      await traffic.round();
      const during = traffic.of(observation);
      await traffic.round();
      const { outdated: none, ...after } = traffic.of(observation) as {
        outdated?: string;
      };
      expect({ during, none, after }).toEqual({
        during: { ...before, outdated: expect.stringMatching(reason) },
        none: undefined,
        after: { ...before, observedAt: '2026-11-21T12:00:30.000Z' },
      });
    },
  );

  it('tells listeners where somebody came or went, and not when the same call again', async () => {
    const told: string[] = [];
    server.otherwise(healthy);
    const { traffic } = aTraffic();
    traffic.subscribe(() => {
      throw new Error('a listener of somebody else');
    });
    traffic.subscribe(namespace => told.push(namespace));
    await traffic.round();
    await traffic.round();
    server.otherwise(() => vector({ metric: who, value: [0, '0'] }));
    await traffic.round();
    expect(told).toEqual(['shop', 'shop']);
  });

  it('sends its token, read anew from its file, and shows it to nobody', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'token-')), 'token');
    writeFileSync(file, 'first\n');
    const { traffic } = aTraffic({ tokenFile: file });
    server.otherwise(() => ({ status: 401, text: 'first second' }));
    await traffic.round();
    writeFileSync(file, 'second\n');
    await traffic.round();
    const { because } = traffic.of(observation) as { because: string };
    const sent = new Set(
      server.seen.map(({ headers }) => headers.authorization),
    );
    expect([...sent, /first|second/.test(because)]).toEqual([
      'Bearer first',
      'Bearer second',
      false,
    ]);
    const { traffic: other } = aTraffic({ token: new Secret('third') });
    await other.round();
    expect(server.seen.pop()?.headers.authorization).toBe('Bearer third');
  });

  it('asks again and again from start to stop', async () => {
    server.otherwise(healthy);
    const { traffic, clock } = aTraffic();
    let pauses = 0;
    const ended = new Promise<void>(resolve => {
      clock.sleep = async (milliseconds, signal) => {
        signal?.throwIfAborted();
        if (milliseconds === 30_000 && ++pauses === 3) resolve();
        await new Promise(done => setImmediate(done));
      };
    });
    traffic.start();
    traffic.start();
    await ended;
    await traffic.stop();
    const asked = server.seen.length;
    await new Promise(done => setTimeout(done, 50));
    expect(server.seen.length).toBe(asked);
    expect(asked).toBeGreaterThanOrEqual(3 * 14);
  });

  it('says before a move to enforce that it could not look', async () => {
    server.otherwise(() => ({ status: 503, text: 'starting' }));
    const { traffic } = aTraffic();
    const subject = {
      namespace: 'shop',
      servers: ['web.http'],
      workload: 'web',
    };
    expect(await traffic.audit(subject)).toMatchObject({
      outcome: 'insufficient',
      because: expect.stringMatching(/gave nothing to use/),
      windowSeconds: 86_400,
    });
  });
});
