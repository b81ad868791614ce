import type {
  MetricAttributes,
  MetricsServiceObservableCallback,
} from '@backstage/backend-plugin-api/alpha';
import type { ServiceSummary } from '@meshway/plugin-meshed-service-common';
import { StatusMetrics } from './StatusMetrics';

const aSummary = (name: string, state: ServiceSummary['state']) => ({
  service: { cluster: 'eu-1', namespace: 'shop', name },
  declared: true,
  observed: true,
  verdict: { kind: 'known', rung: 'audit' } as const,
  state,
  summary: 'Audited.',
});

/** A metrics service that remembers what it is told. */
function aMeter() {
  const gauges = new Map<string, () => Promise<unknown[]>>();
  const counted: unknown[] = [];
  const metrics: ConstructorParameters<typeof StatusMetrics>[0] = {
    createCounter: name => ({
      add: (value, labels) => counted.push({ name, value, ...labels }),
    }),
    createObservableGauge: <Labels extends MetricAttributes>(name: string) => ({
      addCallback(callback: MetricsServiceObservableCallback<Labels>) {
        gauges.set(name, async () => {
          const seen: unknown[] = [];
          await callback({
            observe: (value, labels) => seen.push({ ...labels, value }),
          });
          return seen;
        });
      },
      removeCallback: () => undefined,
    }),
  };
  return { metrics, counted, collect: (name: string) => gauges.get(name)?.() };
}

describe('metrics', () => {
  it('count services by cluster, and say how current each kind is, and name no service', async () => {
    const { metrics, collect, counted } = aMeter();
    const measured = new StatusMetrics(metrics, {
      summaries: () => [
        aSummary('web', 'ok'),
        aSummary('api', 'degraded'),
        aSummary('job', 'ok'),
      ],
      sources: async () => [
        {
          name: 'eu-1',
          source: 'live',
          problems: [],
          sources: [
            {
              source: 'cluster eu-1',
              kind: 'Pod',
              freshness: 'current',
              lagSeconds: 0.2,
            },
            {
              source: 'cluster eu-1',
              kind: 'Pod',
              freshness: 'forbidden',
              namespace: 'secret',
            },
            { source: 'cluster eu-1', kind: 'Server', freshness: 'stale' },
          ],
        },
      ],
    });
    measured.countRead('memory');
    expect(counted).toEqual([
      { name: 'meshway.status.reads', value: 1, answer: 'memory' },
    ]);
    expect({
      state: await collect('meshway.service.state'),
      verdict: await collect('meshway.service.verdict'),
      current: await collect('meshway.source.current'),
      lag: await collect('meshway.reflector.lag'),
    }).toEqual({
      state: [
        { cluster: 'eu-1', state: 'ok', value: 2 },
        { cluster: 'eu-1', state: 'degraded', value: 1 },
      ],
      verdict: [{ cluster: 'eu-1', verdict: 'audit', value: 3 }],
      current: [
        { cluster: 'eu-1', kind: 'Pod', value: 1 },
        { cluster: 'eu-1', kind: 'Server', value: 0 },
      ],
      lag: [{ cluster: 'eu-1', kind: 'Pod', value: 0.2 }],
    });
  });
});
