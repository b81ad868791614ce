import {
  anObservation,
  aPod,
  aServer,
  aTrafficEvidence,
  SomeRows,
} from '../testUtils';
import { evaluateMeshStatus } from './evaluateMeshStatus';
import { trafficWords } from './trafficWords';

const now = '2026-01-31T10:00:05Z';
const secured = (client: string, value: number, more = {}) => ({
  ...{ srv_port: '8080', tls: 'true', value, ...more },
  client_id: `${client}.serviceaccount.identity.linkerd.cluster.local`,
});
const plaintext = (value: number, more = {}) => ({
  ...{ srv_port: '8080', tls: 'no_identity', value, ...more },
  no_tls_reason: 'no_tls_from_remote',
});

function statusWith(rows: SomeRows | undefined, at = now) {
  const observation = anObservation([aPod(), aServer()]);
  const traffic = rows && aTrafficEvidence(observation, rows);
  return evaluateMeshStatus(undefined, observation, traffic, at);
}

describe('what is said of traffic', () => {
  it.each<[string, SomeRows | undefined, string]>([
    [
      'nothing measures it',
      undefined,
      'Nothing is known about traffic. No traffic source is configured, so nothing is known about traffic.',
    ],
    ['nobody calls', {}, 'Nothing called the service in the last 10 minutes.'],
    [
      'only the kubelet calls',
      {
        httpAllowed: [
          plaintext(9, { route_kind: 'default', route_name: 'probe' }),
        ],
      },
      'Nothing called the service in the last 10 minutes.',
    ],
    [
      'all is secured',
      { httpAllowed: [secured('frontend.shop', 1204)] },
      '100 % of 1,204 requests in the last 10 minutes were secured.',
    ],
    [
      'one connection stays open',
      { openConnections: [secured('frontend.shop', 1)] },
      'Nothing new was let in in the last 10 minutes; 100 % of what was open was secured.',
    ],
    [
      'almost all is secured',
      {
        httpAllowed: [secured('frontend.shop', 9999), plaintext(1)],
        httpDenied: [secured('other.shop', 2)],
      },
      '99.9 % of 10,000 requests in the last 10 minutes were secured. Plaintext came from clients in plaintext, to port 8080. Denied shop/other.',
    ],
    [
      'audit lets in whom enforcement would deny',
      {
        tcpAllowed: [
          secured('other.shop', 1, {
            authz_kind: 'default',
            authz_name: 'audit',
          }),
        ],
      },
      '100 % of 1 connection in the last 10 minutes was secured. Enforcement would deny shop/other.',
    ],
  ])('when %s', (_, rows, words) => {
    expect(trafficWords(statusWith(rows).traffic)).toBe(words);
  });

  it('is no data once it is older than its window', () => {
    const rows = { httpAllowed: [secured('frontend.shop', 3)] };
    const { traffic } = statusWith(rows, '2026-01-31T10:10:01Z');
    expect(trafficWords(traffic)).toBe(
      'Nothing is known about traffic. The newest answer of Prometheus is older than the window that it speaks of.',
    );
  });
});

describe('traffic and the verdict', () => {
  const bad: SomeRows = {
    httpAllowed: [plaintext(3)],
    certificateExpires: [{ value: 0 }],
  };
  it('never moves the verdict; bad traffic makes the state bad, and losing it makes nothing good', () => {
    const seen = [
      undefined,
      {},
      bad,
      { ...bad, up: [{ value: 0 }] },
      { up: [] },
    ];
    const statuses = seen.map(rows => statusWith(rows));
    expect(statuses.map(({ verdict }) => verdict)).toEqual(
      statuses.map(() => ({ kind: 'known', rung: 'enforced' })),
    );
    expect(statuses.map(({ state }) => state)).toEqual([
      'ok',
      'ok',
      'degraded',
      'unknown',
      'unknown',
    ]);
  });
});
