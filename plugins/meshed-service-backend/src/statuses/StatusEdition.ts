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
  /** Weak: two editions are equal when they differ in nothing but instants. */
  etag: string;
  mark: StatusMark;
  /** What was answered, apart from instants. */
  digest: string;
  /** Milliseconds since 1970. */
  computedAt: number;
};

/**
 * @param before - the edition that this one replaces; it keeps its version while nothing but instants differ.
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

/** When something was seen says how old an answer is, and not what it says. */
function withoutInstants(status: MeshStatus) {
  const { observedAt: _, sources, traffic, ...rest } = status;
  return {
    ...rest,
    traffic: { ...traffic, observedAt: undefined },
    // Since when something is stale is part of the answer; when something current was seen is not.
    sources: sources.map(source =>
      source.freshness === 'current'
        ? { ...source, observedAt: undefined }
        : source,
    ),
  };
}
