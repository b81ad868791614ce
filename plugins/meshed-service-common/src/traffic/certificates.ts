import type { Instant } from '../model';
import type { TrafficIndex } from './TrafficIndex';

/**
 * How the certificate of a proxy is. `neverIssued`: it never had one. `notRefreshed`: it should have been renewed, and was
 * not; the counter of failures says nothing, for it stays 0 whatever fails. `expired`: it does not come back by itself.
 *
 * @public
 */
export const leafStates = [
  'valid',
  'notRefreshed',
  'expired',
  'neverIssued',
] as const;
/**
 * How the certificate of a proxy is.
 *
 * @public
 */
export type LeafState = (typeof leafStates)[number];

/**
 * The certificate of one proxy, as its metrics tell it.
 *
 * @public
 */
export type LeafCertificate = {
  pod: string;
  state: LeafState;
  /** Left by the proxy's own clock; below 0 once it has expired. Absent when it never had one. */
  remainingSeconds?: number;
  /** From the last renewal to the end. Absent where the proxy does not say when it renewed. */
  lifetimeSeconds?: number;
  expiresAt?: Instant;
  refreshedAt?: Instant;
};

/**
 * A proxy asks for its next certificate when 30 % of the lifetime are left, and then every few seconds. What is left below
 * this share was not renewed though it was asked for.
 */
const OVERDUE_SHARE = 0.25;

/** @returns the certificate of one pod's proxy; undefined when nothing tells. */
export function leafOf(
  index: TrafficIndex,
  namespace: string,
  pod: string,
): LeafCertificate | undefined {
  const rows = index.ofPod(namespace, pod);
  const expires = latest(rows.certificateExpires);
  if (expires === undefined) return undefined;
  if (expires === 0) return { pod, state: 'neverIssued' };
  const refreshed = latest(rows.certificateRefreshed) || undefined;
  const now = latest(rows.clock) ?? Date.parse(index.answers.observedAt) / 1000;
  const remainingSeconds = Math.round(expires - now);
  const lifetimeSeconds =
    refreshed === undefined ? undefined : Math.round(expires - refreshed);
  return {
    pod,
    state: stateOf(remainingSeconds, lifetimeSeconds),
    remainingSeconds,
    ...(lifetimeSeconds === undefined ? {} : { lifetimeSeconds }),
    ...instant('expiresAt', expires),
    ...instant('refreshedAt', refreshed),
  };
}

function stateOf(remaining: number, lifetime: number | undefined): LeafState {
  if (remaining <= 0) return 'expired';
  return lifetime !== undefined && remaining < lifetime * OVERDUE_SHARE
    ? 'notRefreshed'
    : 'valid';
}

function latest(
  rows: ReadonlyArray<{ value: number }> | undefined,
): number | undefined {
  return rows && Math.max(...rows.map(({ value }) => value));
}

function instant<Key extends string>(key: Key, seconds: number | undefined) {
  const date = new Date((seconds ?? NaN) * 1000);
  return Number.isNaN(date.getTime()) ? {} : { [key]: date.toISOString() };
}
