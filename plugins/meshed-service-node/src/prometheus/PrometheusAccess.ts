import type { Secret } from '../http';

/**
 * Where the Prometheus is that scrapes the proxies of a cluster, how one is let in, and how often it is asked.
 *
 * @public
 */
export type PrometheusAccess = {
  /** Below which `/api/v1/query` is. Plain http only where no credential is sent, or on the machine itself. */
  url: string;
  /** Certificates of the authority (PEM). Default: those that Node trusts. */
  caFile?: string;
  token?: Secret;
  /** Read anew for every round, as it is renewed. */
  tokenFile?: string;
  /** Labels that every series of this cluster carries, where one Prometheus (or Thanos) holds several clusters. */
  labels: Readonly<Record<string, string>>;
  /** From one round of questions to the next. */
  intervalSeconds: number;
  /** How far back each round looks. */
  windowSeconds: number;
  /** For how long nobody may have called whom enforcement would deny, before a service moves to it without a reason. */
  auditWindowSeconds: number;
};

/** What is asked for where nothing else is said. @public */
export const defaultPrometheusTimes = {
  intervalSeconds: 30,
  windowSeconds: 600,
  auditWindowSeconds: 86_400,
} as const;
