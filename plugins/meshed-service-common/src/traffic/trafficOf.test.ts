import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import {
  anObservation,
  answersFrom,
  aPod,
  aTrafficEvidence,
  SomeRows,
} from '../testUtils';
import { leafOf } from './certificates';
import { auditEvidenceOf, TrafficIndex, TrafficRow } from '.';

const observation = anObservation([aPod()]);
const secured = {
  srv_port: '8080',
  tls: 'true',
  client_id: 'a.shop.serviceaccount.identity.linkerd.cluster.local',
};
const plaintext = {
  srv_port: '8080',
  tls: 'no_identity',
  no_tls_reason: 'no_tls_from_remote',
};

function portsWith(rows: SomeRows) {
  const evidence = aTrafficEvidence(observation, rows);
  return evidence.kind === 'observed' ? evidence.ports : evidence.because;
}

describe('trafficOf', () => {
  it.each<[string, Record<string, string>, string]>([
    ['an identity is secured', secured, 'secured'],
    [
      'TLS without an identity is not mutual',
      { ...secured, client_id: '' },
      'withoutIdentity',
    ],
    [
      'TLS of the application is passed through',
      { srv_port: '8080', tls: 'opaque', sni: 'web' },
      'passedThrough',
    ],
    [
      'an opaque port could have had either',
      { srv_port: '8080', tls: 'no_identity', no_tls_reason: 'port_skipped' },
      'plaintextOrTls',
    ],
    ['no TLS is plaintext', plaintext, 'plaintext'],
    [
      'identity that is switched off is plaintext',
      { srv_port: '8080', tls: 'disabled' },
      'plaintext',
    ],
    [
      'what no proxy of today says is not taken for secured',
      { srv_port: '8080', tls: 'quantum', client_id: 'x' },
      'plaintext',
    ],
  ])('%s', (_, labels, transport) => {
    const ports = portsWith({ tcpAllowed: [{ ...labels, value: 1 }] });
    expect(ports).toMatchObject([
      { port: 8080, admitted: [{ transport, connections: 1 }] },
    ]);
  });

  it('knows a client that keeps one connection, and opens none, by the connection', () => {
    expect(portsWith({ openConnections: [{ ...secured, value: 1 }] })).toEqual([
      expect.objectContaining({
        admitted: [
          expect.objectContaining({
            transport: 'secured',
            requests: 0,
            connections: 0,
            openConnections: 1,
          }),
        ],
      }),
    ]);
  });

  it('does not count the connection of requests that were denied as one that was let in', () => {
    const ports = portsWith({
      httpDenied: [{ ...plaintext, value: 3 }],
      connections: [{ ...plaintext, value: 3 }],
      openConnections: [{ ...plaintext, value: 1 }],
    });
    expect(ports).toEqual([
      {
        ...{ port: 8080, admitted: [], wouldBeDenied: [], unrouted: [] },
        denied: [{ transport: 'plaintext', count: 3 }],
        ...{ rateLimited: [], probes: [], unjudged: [] },
      },
    ]);
  });

  it('passes over rows that name no pod, no port or no number, whatever their labels are called', () => {
    expect(
      portsWith({
        httpAllowed: [
          { ...secured, pod: '', value: 1 },
          { ...secured, srv_port: 'http', value: 1 },
          { ...secured, value: 'NaN' },
          { ...secured, ['__proto__']: 'x', constructor: 'y', value: 0 },
        ],
      }),
    ).toEqual([]);
  });

  it('says what to do when no series names its pod', () => {
    const evidence = aTrafficEvidence(observation, {
      up: [],
      httpAllowed: [{ ...secured, pod: '', value: 1 }],
    });
    expect(evidence).toMatchObject({
      kind: 'noData',
      because:
        'Prometheus has series of proxies, but they do not name namespace and pod; scrape them with the PodMonitor of the Linkerd chart.',
    });
  });

  it('names ports and networks that go around the proxy, for they leave no series', () => {
    const skipping = anObservation([
      aPod('web-1', {
        annotations: {
          'config.linkerd.io/skip-inbound-ports': '8081,9000-9002',
          'config.linkerd.io/skip-subnets': '192.0.2.0/24',
        },
      }),
    ]);
    expect(aTrafficEvidence(skipping)).toMatchObject({
      kind: 'observed',
      ports: [],
      unseenPorts: ['8081', '9000-9002'],
      unseenNetworks: ['192.0.2.0/24'],
    });
  });
});

describe('the certificate of a proxy', () => {
  const clock = 1_800_000_000;
  const leaf = (expires: number, refreshed?: number, at = [{ value: clock }]) =>
    leafOf(
      TrafficIndex.of({
        ...{ source: '', observedAt: '2027-01-15T08:00:00Z', windowSeconds: 1 },
        rows: new Map([
          ['certificateExpires', rows([{ value: expires }])],
          [
            'certificateRefreshed',
            rows(refreshed === undefined ? [] : [{ value: refreshed }]),
          ],
          ['clock', rows(at)],
        ]),
      }),
      'shop',
      'web-1',
    )?.state;
  const rows = (values: Array<{ value: number }>): TrafficRow[] =>
    values.map(({ value }) => ({
      labels: { namespace: 'shop', pod: 'web-1' },
      value,
    }));

  it('is judged by its own lifetime and its own clock', () => {
    expect({
      fresh: leaf(clock + 86_400, clock),
      seconds: leaf(clock + 6, clock - 14),
      overdue: leaf(clock + 4, clock - 16),
      expired: leaf(clock, clock - 20),
      never: leaf(0, 0),
      ofAnOldProxy: leaf(clock + 60),
      withoutAClock: leaf(clock - 1, clock - 86_400, []),
    }).toEqual({
      fresh: 'valid',
      seconds: 'valid',
      overdue: 'notRefreshed',
      expired: 'expired',
      never: 'neverIssued',
      ofAnOldProxy: 'valid',
      withoutAClock: 'expired',
    });
  });
});

const recordings = resolve(
  __dirname,
  '../../../../../shared/data/linkerd/proxy/situations',
);
const describeWhereRecorded = existsSync(recordings) ? describe : describe.skip;

describeWhereRecorded('the certificate of a real proxy', () => {
  it.each([
    ['certificate-refreshes-and-expires/server-fresh', 'valid'],
    ['certificate-refreshes-and-expires/server-refreshed-once', 'valid'],
    ['certificate-refreshes-and-expires/server-expired', 'expired'],
    [
      'expired-certificate-is-not-renewed-until-the-proxy-restarts/server-35s-after-identity-is-back',
      'expired',
    ],
    [
      'expired-certificate-is-not-renewed-until-the-proxy-restarts/server-after-restart',
      'valid',
    ],
    ['meshed-http1-is-mtls/server', 'valid'],
  ])('%s, is %s', (file, state) => {
    const text = readFileSync(join(recordings, `${file}.prom`), 'utf8');
    const labels = { namespace: 'shop', pod: 'web' };
    const about = { source: '', observedAt: '', windowSeconds: 60 };
    const index = TrafficIndex.of(
      answersFrom([{ labels, texts: [text], up: 1 }], about),
    );
    expect(leafOf(index, 'shop', 'web')?.state).toBe(state);
  });
});

describe('evidence before a service moves to enforce', () => {
  const subject = { namespace: 'shop', servers: ['web.http'], workload: 'web' };
  const about = { windowSeconds: 86_400, source: 'P', observedAt: 'now' };
  const row = (labels: Record<string, string>, value = 1): TrafficRow => ({
    labels: { namespace: 'shop', pod: 'web-1', ...secured, ...labels },
    value,
  });
  const own = { srv_kind: 'server', srv_name: 'web.http' };
  const outcomeOf = (allowed: TrafficRow[], coverage: number) =>
    auditEvidenceOf(subject, { allowed, coverage: [row({}, coverage)] }, about);

  it.each<[string, TrafficRow[], number, string]>([
    ['nobody, when everybody was named by a policy', [], 1, 'nobody'],
    [
      'somebody, when audit let one in',
      [row({ ...own, authz_name: 'audit' })],
      1,
      'somebody',
    ],
    [
      'somebody, at a port that no Server claims, also of a pod that has gone',
      [
        row({
          srv_kind: 'default',
          srv_name: 'audit',
          authz_name: 'audit',
          pod: 'web-0',
        }),
      ],
      1,
      'somebody',
    ],
    [
      'nobody, when it was another service of the namespace',
      [row({ ...own, srv_name: 'other.http', authz_name: 'audit' })],
      1,
      'nobody',
    ],
    ['insufficient, when proxies were not scraped', [], 0.5, 'insufficient'],
    [
      'insufficient, when audit was not on all the time',
      [row({ ...own, authz_name: 'all-unauthenticated' })],
      1,
      'insufficient',
    ],
  ])('is %s', (_, allowed, coverage, outcome) => {
    expect(outcomeOf(allowed, coverage).outcome).toBe(outcome);
  });
});
