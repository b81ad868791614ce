import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import {
  KubernetesObject,
  TrafficEvidence,
  TrafficIndex,
  trafficOf,
} from '@meshway/plugin-meshed-service-common';
import {
  anObservation,
  answersFrom,
  aPod,
} from '@meshway/plugin-meshed-service-common/testUtils';
import { platformForTests } from '@meshway/test-platform';
import { parseAllDocuments } from 'yaml';
import { ReplayingExporter } from './__testUtils__/ReplayingExporter';
import { PrometheusOverHttp } from './PrometheusOverHttp';
import { PrometheusTraffic } from './PrometheusTraffic';

const recordings = resolve(
  __dirname,
  '../../../../../shared/data/linkerd/proxy/situations',
);

describe('PrometheusTraffic on a real Prometheus', () => {
  const platform = platformForTests(['prometheus']);
  const opened: Array<{ close(): Promise<void> }> = [];
  afterEach(async () => {
    await Promise.all(opened.splice(0).map(each => each.close()));
  });

  async function anExporter() {
    const name = platform.newNamespaceName('replay');
    const exporter = await ReplayingExporter.start(
      platform.prometheus.targets,
      name,
    );
    opened.push(exporter);
    return { exporter, name };
  }

  function aTraffic(labels: Record<string, string>, windowSeconds = 600) {
    const traffic = new PrometheusTraffic(
      'local',
      new PrometheusOverHttp({ url: platform.prometheus.url }),
      { labels, windowSeconds, intervalSeconds: 5, auditWindowSeconds: 86_400 },
    );
    opened.push(traffic);
    return traffic;
  }

  it('answers of every recorded situation lead to the evidence that its text leads to', async () => {
    const { exporter, name } = await anExporter();
    const situations = recorded()
      .filter(folder => existsSync(join(folder, 'server.prom')))
      .map(situationIn);
    exporter.replay(
      situations.map(({ labels, text }, index) => ({
        labels: { ...labels, run: `${name}-${index}` },
        text: () => text,
      })),
    );
    await exporter.scraped(4);
    const told: Record<string, unknown> = {};
    const expected: Record<string, unknown> = {};
    for (const [index, situation] of situations.entries()) {
      const traffic = aTraffic({ run: `${name}-${index}` });
      await traffic.round();
      const { observation, labels, text, folder } = situation;
      const { answers } = TrafficIndex.of(
        answersFrom([{ labels, texts: text ? [text] : [], up: text ? 1 : 0 }], {
          source: '',
          observedAt: '2026-01-01T00:00:00Z',
          windowSeconds: 600,
        }),
      );
      told[folder] = comparable(traffic.of(observation));
      expected[folder] = comparable(
        trafficOf(
          observation,
          TrafficIndex.of(
            answersFrom(
              [{ labels, texts: text ? [text] : [], up: text ? 1 : 0 }],
              answers,
            ),
          ),
        ),
      );
    }
    expect(told).toEqual(expected);
  });

  it('counts the first events of a series, forgets those before the window, and keeps those of pods that have gone', async () => {
    const { exporter, name } = await anExporter();
    let requests = 3;
    let begun = false;
    const series = (count: number, client: string) =>
      `inbound_http_authz_allow_total{srv_port="8080",authz_kind="default",authz_name="all-unauthenticated",route_kind="default",route_name="default",${client}} ${count}\n`;
    const old = series(
      100,
      'tls="no_identity",no_tls_reason="no_tls_from_remote"',
    );
    const own = { namespace: 'shop', run: name, deployment: 'web' };
    const stays = {
      labels: { ...own, pod: 'web-1' },
      text: () =>
        old +
        series(requests, 'tls="true",client_id="a.b"') +
        (begun ? series(2, 'tls="true",client_id="c.d"') : ''),
    };
    const goes = {
      labels: { ...own, pod: 'web-2' },
      text: () => (begun ? series(5, 'tls="true",client_id="e.f"') : '# up\n'),
    };
    exporter.replay([stays, goes]);
    await exporter.scraped(14);
    requests = 103;
    begun = true;
    await new Promise(done => setTimeout(done, 3_500));
    exporter.replay([stays]);
    await new Promise(done => setTimeout(done, 3_500));
    const traffic = aTraffic({ run: name }, 10);
    await traffic.round();
    const pod = aPod('web-1', {
      labels: {
        'app.kubernetes.io/name': 'web',
        'linkerd.io/proxy-deployment': 'web',
      },
    });
    const evidence = traffic.of(anObservation([pod]));
    const [port] = evidence.kind === 'observed' ? evidence.ports : [];
    expect(
      port.admitted.map(({ identity, transport, requests: count }) => ({
        who: identity ?? transport,
        count,
      })),
    ).toEqual([
      // What grew is extrapolated to the ends of the window.
      { who: 'a.b', count: expect.closeTo(100, -2) },
      { who: 'c.d', count: 2 },
      { who: 'e.f', count: 5 },
    ]);
  });

  it('names whom enforcement would deny, and does not take a few seconds for a day', async () => {
    const { exporter, name } = await anExporter();
    let audited = '';
    exporter.replay([
      {
        labels: { namespace: name, pod: 'web-1', deployment: 'web' },
        text: () =>
          `inbound_http_authz_allow_total{srv_kind="server",srv_name="web.http",srv_port="8080",authz_kind="authorizationpolicy",authz_name="web.http",tls="true",client_id="a.b"} 9\n${audited}`,
      },
    ]);
    await exporter.scraped(2);
    const traffic = aTraffic({});
    const subject = { namespace: name, servers: ['web.http'], workload: 'web' };
    const before = await traffic.audit(subject);
    audited = `inbound_http_authz_allow_total{srv_kind="server",srv_name="web.http",srv_port="8080",authz_kind="default",authz_name="audit",tls="true",client_id="c.d"} 1\n`;
    await exporter.scraped(6);
    await new Promise(done => setTimeout(done, 1_500));
    const after = await traffic.audit(subject);
    expect([before, after]).toEqual([
      expect.objectContaining({
        outcome: 'insufficient',
        because: expect.stringMatching(
          /were scraped in \d % of the window only/,
        ),
      }),
      expect.objectContaining({
        outcome: 'somebody',
        callers: [{ transport: 'secured', identity: 'c.d', port: 8080 }],
      }),
    ]);
  });
});

/** @returns the folders of the recorded situations; none where there is no recording, and then there is nothing to compare. */
function recorded(): string[] {
  return existsSync(recordings)
    ? readdirSync(recordings).map(each => join(recordings, each))
    : [];
}

/** A recorded situation: its server's pod, and what a scraper read of it last. */
function situationIn(folder: string) {
  const { server } = JSON.parse(
    readFileSync(join(folder, 'situation.json'), 'utf8'),
  );
  const objects = parseAllDocuments(
    readFileSync(join(folder, 'objects.yaml'), 'utf8'),
  ).flatMap(document => (document.toJS() as KubernetesObject | null) ?? []);
  const read = readFileSync(join(folder, 'server.prom'), 'utf8');
  const text = read.startsWith('# read over') ? undefined : read;
  const labels = { namespace: server.namespace, pod: server.pod };
  const ofServer = objects.map(object =>
    object.kind === 'Pod' && object.metadata.name === server.pod
      ? withName(object, 'recorded')
      : object,
  );
  const observation = anObservation(
    ofServer,
    {},
    {
      ...{ cluster: 'local', namespace: server.namespace, name: 'recorded' },
    },
  );
  return { folder, observation, labels, text };
}

function withName(object: KubernetesObject, name: string): KubernetesObject {
  const { metadata } = object;
  const labels = { ...metadata.labels, 'app.kubernetes.io/name': name };
  return { ...object, metadata: { ...metadata, labels } };
}

/** Everything but who said it, and when. */
function comparable(evidence: TrafficEvidence) {
  return { ...evidence, source: '', observedAt: '' };
}
