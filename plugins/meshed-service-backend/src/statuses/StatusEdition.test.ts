import type { MeshStatus } from '@meshway/plugin-meshed-service-common';
import { editionOf } from './StatusEdition';

const at = (second: number) => `2026-01-01T00:00:0${second}Z`;

const traffic = {
  kind: 'observed' as const,
  securedShare: 0.991,
  requests: 10,
  connections: 1,
  plaintextFrom: ['10.0.0.1'],
  unauthenticated: [],
  wouldBeDenied: [],
  denied: [],
  windowSeconds: 60,
  observedAt: at(1),
  source: 'prometheus local',
  unseen: [],
};
const pods = {
  source: 'cluster local',
  kind: 'Pod',
  freshness: 'current' as const,
  observedAt: at(1),
  lagSeconds: 1,
};
const status: MeshStatus = {
  service: { cluster: 'local', namespace: 'shop', name: 'web' },
  declared: true,
  observed: true,
  verdict: { kind: 'known', rung: 'enforced' },
  state: 'ok',
  summary: 'Enforced.',
  ports: [],
  traffic,
  findings: [],
  sources: [pods],
  observedAt: at(1),
};
const options = { key: 'key', computedAt: 1 };
const first = editionOf(status, undefined, options);
const next = (now: MeshStatus) => {
  const { etag, mark, digest } = editionOf(now, first, options);
  return { etag, version: mark.version, isSame: digest === first.digest };
};

describe('the edition of a status', () => {
  it.each<[string, Partial<MeshStatus>]>([
    ['nothing', {}],
    ['when it was seen', { observedAt: at(2) }],
    [
      'when a current source was seen, and how late',
      { sources: [{ ...pods, observedAt: at(2), lagSeconds: 2 }] },
    ],
    [
      'when traffic was seen and how much, at the same whole percent',
      {
        traffic: {
          ...traffic,
          observedAt: at(2),
          requests: 5_000,
          connections: 9,
          securedShare: 0.998,
        },
      },
    ],
  ])('stays the same when it differs in %s', (_, difference) => {
    expect(next({ ...status, ...difference })).toEqual({
      etag: first.etag,
      version: 1,
      isSame: true,
    });
  });

  it.each<[string, Partial<MeshStatus>]>([
    ['the verdict', { verdict: { kind: 'known', rung: 'audit' } }],
    ['who came', { traffic: { ...traffic, plaintextFrom: [] } }],
    [
      'whether all of the traffic was secured',
      { traffic: { ...traffic, securedShare: 1 } },
    ],
    [
      'why traffic is outdated',
      { traffic: { ...traffic, outdated: 'no answer' } },
    ],
    ['how whole a source is', { sources: [{ ...pods, freshness: 'stale' }] }],
  ])('is another one when it differs in %s', (_, difference) => {
    const { etag, ...rest } = next({ ...status, ...difference });
    expect([etag === first.etag, rest]).toEqual([
      false,
      { version: 2, isSame: false },
    ]);
  });
});
