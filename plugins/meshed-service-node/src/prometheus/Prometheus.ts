import type { TrafficRow } from '@meshway/plugin-meshed-service-common';

/**
 * Something that answers PromQL.
 *
 * @public
 */
export type Prometheus = {
  /** For people: `Prometheus https://prometheus.example.com`. */
  readonly source: string;
  /**
   * @param at - milliseconds since 1970: what the answers of one round have in common.
   * @throws PrometheusError with a sentence that says why, and what to look at.
   */
  ask(
    promql: string,
    options: { attempted: string; at: number; signal?: AbortSignal },
  ): Promise<TrafficRow[]>;
  /** Lets go of all connections. */
  close(): Promise<void>;
};
