import type {
  MeshStatus,
  ServiceRef,
  StatusMark,
} from '@meshway/plugin-meshed-service-common';
import { createHash } from 'node:crypto';

/** A status as it is answered: made once, sent many times. */
export type StatusEdition = {
  service: ServiceRef;
  /** JSON of a `MarkedStatus`. */
  json: Buffer;
  /** Weak: two editions are equal when they differ in nothing but instants and counts of traffic. */
  etag: string;
  mark: StatusMark;
  /** What was answered, apart from instants and counts of traffic. */
  digest: string;
  /** Milliseconds since 1970. */
  computedAt: number;
};

/**
 * @param before - the edition that this one replaces; it keeps its version while nothing but instants and counts of traffic differ.
 * @param key - under which changes are announced.
 */
export function editionOf(
  status: MeshStatus,
  before: StatusEdition | undefined,
  { key, computedAt }: { key: string; computedAt: number },
): StatusEdition {
  const digest = createHash('sha256')
    .update(JSON.stringify(withoutInstants(status)))
    .digest('base64url')
    .slice(0, 27);
  const isSame = before?.digest === digest;
  const version = before ? before.mark.version + (isSame ? 0 : 1) : 1;
  const mark = { key, version };
  return {
    service: status.service,
    json: Buffer.from(JSON.stringify({ ...status, mark })),
    etag: `W/"${digest}.${key}.${version}"`,
    mark,
    digest,
    computedAt,
  };
}

/**
 * When something was seen, and how often, says how old an answer is and on how much it rests, and not what it says: else every
 * status would be news whenever proxies are asked.
 */
function withoutInstants(status: MeshStatus) {
  const { observedAt: _, sources, traffic, ...rest } = status;
  return {
    ...rest,
    traffic: withoutCounts(traffic),
    // Since when something is stale is part of the answer; when something current was seen is not.
    sources: sources.map(({ lagSeconds: __, ...source }) =>
      source.freshness === 'current'
        ? { ...source, observedAt: undefined }
        : source,
    ),
  };
}

/** The share counts in whole percent, as people read it; rounded down, so that all is all. */
function withoutCounts(traffic: MeshStatus['traffic']) {
  const seen = { ...traffic, observedAt: undefined };
  return seen.kind === 'observed'
    ? {
        ...seen,
        requests: undefined,
        connections: undefined,
        securedShare: Math.floor(seen.securedShare * 100),
      }
    : seen;
}
