import type {
  ClustersResponse,
  ServicesResponse,
  ServiceSummary,
} from '@meshway/plugin-meshed-service-common';

/** When the fleet below was observed, and when it is looked at. */
export const observedAt = '2026-11-21T12:00:00.000Z';
export const now = new Date('2026-11-21T12:00:12.000Z');

/** A service in which everything is well, and what differs from it. */
export function aSummary(
  differences: Partial<ServiceSummary> = {},
): ServiceSummary {
  const { name = 'cart' } = differences.service ?? {};
  return {
    service: { cluster: 'eu-1', namespace: name, name },
    owner: 'group:default/shop',
    entityRef: `component:default/${name}`,
    declared: true,
    observed: true,
    verdict: { kind: 'known', rung: 'enforced' },
    state: 'ok',
    summary: 'Enforced.',
    observedAt,
    phase: 'enforce',
    templateVersion: '1.1.0',
    ...differences,
  };
}

const called = (name: string) => ({
  service: { cluster: 'eu-1', namespace: name, name },
});

/** A fleet in which nearly everything happens. */
export function aFleet(
  differences: Partial<ServicesResponse> = {},
): ServicesResponse {
  return {
    items: [
      aSummary({
        ...called('payments'),
        owner: 'group:default/payments',
        entityRef: undefined,
        verdict: { kind: 'known', rung: 'partiallyMeshed' },
        state: 'degraded',
        summary: '1 of 2 pods runs without a proxy.',
        phase: 'audit',
        templateVersion: '1.0.0',
      }),
      aSummary({
        ...called('shipping'),
        verdict: {
          kind: 'unknown',
          because: 'Servers may not be read.',
          atMost: 'audit',
        },
        state: 'unknown',
        summary: 'Servers may not be read, so nobody can tell.',
      }),
      aSummary(),
    ],
    total: 3,
    counts: { partiallyMeshed: 1, unknown: 1, enforced: 1 },
    ...differences,
  };
}

/** Two clusters: one that is watched and misses something, and one that nothing is known of. */
export const someClusters: ClustersResponse = {
  items: [
    {
      name: 'eu-1',
      source: 'live',
      sources: [
        {
          source: 'cluster eu-1',
          kind: 'Pod',
          freshness: 'current',
          observedAt,
        },
        {
          source: 'cluster eu-1',
          kind: 'Server',
          freshness: 'forbidden',
          message: 'It lacks list servers.policy.linkerd.io.',
        },
        {
          source: 'cluster eu-1',
          kind: 'HTTPRoute',
          freshness: 'stale',
          observedAt: '2026-11-21T11:00:00.000Z',
        },
      ],
      problems: [{ file: 'pods.yaml', line: 12, message: 'This is no YAML.' }],
      observedAt,
    },
    { name: 'us-1', source: 'none', sources: [], problems: [] },
  ],
};
