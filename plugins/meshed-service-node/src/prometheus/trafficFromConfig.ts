import { Clock, HttpSender } from '../http';
import type { PrometheusAccess } from './PrometheusAccess';
import { PrometheusOverHttp } from './PrometheusOverHttp';
import { PrometheusTraffic } from './PrometheusTraffic';
import type { TrafficSource } from './TrafficSource';

/** Of a cluster: its name, and the Prometheus that scrapes its proxies, where there is one. @public */
export type MeasuredCluster = { name: string; prometheus?: PrometheusAccess };

/**
 * Makes the source of what is known of traffic, over every cluster that has a Prometheus. Nothing is asked before `start`.
 *
 * @public
 */
export function trafficFromConfig(
  { clusters }: { clusters: readonly MeasuredCluster[] },
  { clock }: { clock?: Clock } = {},
): TrafficSource {
  const measured = new Map(
    clusters.flatMap(({ name, prometheus: access }) => {
      if (!access) return [];
      const sender = new HttpSender(limitsOf(access), clock);
      const prometheus = new PrometheusOverHttp(access, sender);
      return [
        [name, new PrometheusTraffic(name, prometheus, access, clock)] as const,
      ];
    }),
  );
  return {
    of: observation =>
      measured.get(observation.service.cluster)?.of(observation),
    audit: async ({ cluster, ...subject }, { signal } = {}) =>
      measured.get(cluster)?.audit(subject, signal),
    subscribe(listener) {
      const ends = [...measured].map(([cluster, each]) =>
        each.subscribe(namespace => listener({ cluster, namespace })),
      );
      return () => ends.forEach(end => end());
    },
    async readOnce(signal) {
      await Promise.all([...measured.values()].map(each => each.round(signal)));
    },
    start: () => measured.forEach(each => each.start()),
    async stop() {
      await Promise.all([...measured.values()].map(each => each.close()));
    },
  };
}

/** A question that takes longer than a round is worth is given up: the next round asks again. */
function limitsOf({ intervalSeconds }: PrometheusAccess) {
  const milliseconds = Math.min(intervalSeconds * 1000, 30_000);
  return {
    requestMilliseconds: milliseconds,
    totalMilliseconds: milliseconds,
    attempts: 2,
    pauseMilliseconds: 500,
  };
}
