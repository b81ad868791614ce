import type {
  MetricsService,
  MetricsServiceCounter,
} from '@backstage/backend-plugin-api/alpha';
import type {
  ClusterSummary,
  ServiceSummary,
} from '@meshway/plugin-meshed-service-common';

type Observed = {
  /** A line for each service that has been computed. */
  summaries: () => readonly ServiceSummary[];
  sources: () => Promise<ClusterSummary[]>;
};

/** How a status was answered: from memory, computed because something had changed, or as what the client has already. */
export type ReadAnswer = 'memory' | 'computed' | 'unchanged';

/**
 * What Prometheus learns of us: counts by cluster, never a series per service, so that a large fleet stays a few hundred
 * series.
 */
export class StatusMetrics {
  private readonly reads: MetricsServiceCounter<{ answer: ReadAnswer }>;

  constructor(
    private readonly metrics: Pick<
      MetricsService,
      'createCounter' | 'createObservableGauge'
    >,
    { summaries, sources }: Observed,
  ) {
    this.gauge(
      'meshway.service.state',
      'Services in a state, by cluster',
      async () =>
        counted(summaries(), ({ service, state }) => ({
          cluster: service.cluster,
          state,
        })),
    );
    this.gauge(
      'meshway.service.verdict',
      'Services on a rung of the mTLS ladder, by cluster',
      async () =>
        counted(summaries(), ({ service, verdict }) => ({
          cluster: service.cluster,
          verdict: verdict.kind === 'known' ? verdict.rung : 'unknown',
        })),
    );
    this.gauge(
      'meshway.source.current',
      '1 while what is known of a kind in a cluster is whole and current, else 0',
      async () =>
        kindsOf(await sources()).map(({ labels, source }) => ({
          labels,
          value: Number(source.freshness === 'current'),
        })),
    );
    this.gauge(
      'meshway.reflector.lag',
      'From a change in the cluster to its arrival here, by kind',
      async () =>
        kindsOf(await sources()).flatMap(({ labels, source }) =>
          source.lagSeconds === undefined
            ? []
            : [{ labels, value: source.lagSeconds }],
        ),
      's',
    );
    this.reads = metrics.createCounter('meshway.status.reads', {
      description: 'Statuses that were answered, by how',
    });
  }

  countRead(answer: ReadAnswer): void {
    this.reads.add(1, { answer });
  }

  private gauge(
    name: string,
    description: string,
    measure: () => Promise<Measured[]>,
    unit?: string,
  ): void {
    this.metrics
      .createObservableGauge(name, { description, ...(unit ? { unit } : {}) })
      .addCallback(async result => {
        for (const { labels, value } of await measure())
          result.observe(value, labels);
      });
  }
}

type Measured = { labels: Record<string, string>; value: number };

function counted(
  summaries: readonly ServiceSummary[],
  labelsOf: (summary: ServiceSummary) => Record<string, string>,
): Measured[] {
  const found = new Map<string, Measured>();
  for (const summary of summaries) {
    const labels = labelsOf(summary);
    const key = JSON.stringify(labels);
    const known = found.get(key) ?? { labels, value: 0 };
    found.set(key, { labels, value: known.value + 1 });
  }
  return [...found.values()];
}

/** One series for each kind: what holds for single namespaces only is left out. */
function kindsOf(clusters: readonly ClusterSummary[]) {
  return clusters.flatMap(({ name, sources }) =>
    sources
      .filter(({ namespace }) => namespace === undefined)
      .map(source => ({
        labels: { cluster: name, kind: source.kind },
        source,
      })),
  );
}
