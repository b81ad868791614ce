import type { Caller } from '../index';
import type { Request, Result } from './requests';

/** What a policy made of a call. */
export type Observed =
  | 'allowed'
  | 'forbidden'
  | 'noRoute'
  | 'closed'
  | 'badRequest';

type Recorded = {
  port: number;
  caller: Caller;
  /** Series of the proxies that grew. */
  evidence: unknown;
  timeline: ReadonlyArray<{ atSeconds: number; event: string }>;
};

/**
 * @returns what a policy made of a call; undefined where something else decided: a certificate, a proxy or application that
 *   was down, a policy that was not there yet. The last attempt counts, for policies were only ever changed in between.
 */
export function outcomeOf(
  asked: Request,
  recorded: Recorded,
): Observed | undefined {
  const last = asked.results[asked.results.length - 1];
  switch (asked.request.kind) {
    case 'http':
      return asked.results.length === 1 && changedLater(asked, recorded)
        ? undefined
        : outcomeOfHttp(last);
    case 'hold':
      return last.endedBy === 'client'
        ? 'allowed'
        : refusedAs('closed', recorded);
    case 'tcp':
      if (last.received?.startsWith('HTTP/1.1 400')) return 'badRequest';
      return last.received ? 'allowed' : refusedAs('closed', recorded);
    default:
      return last.firstLine ? 'allowed' : refusedAs('closed', recorded);
  }
}

/** A request that was under way is not judged again. */
function changedLater(
  { atSeconds = Infinity }: Request,
  { timeline }: Recorded,
): boolean {
  return timeline.some(
    ({ atSeconds: at, event }) =>
      at > atSeconds && /^applied: |accessPolicy set/.test(event),
  );
}

/** The proxy of the server answers a refusal by itself and without a word; a fault of any proxy has its header. */
function outcomeOfHttp({
  status,
  headers = {},
  trailers = {},
}: Result): Observed | undefined {
  if (status === undefined || headers['l5d-proxy-error']) return undefined;
  const grpc = trailers['grpc-status'] ?? headers['grpc-status'];
  if ('x-app' in headers) return 'allowed';
  if (status === 403 || grpc === '7') return 'forbidden';
  if (status === 404 || grpc === '5') return 'noRoute';
  // The proxy of an unmeshed client cannot tell why, for it has none; the application is not reached either.
  return status >= 500 ? undefined : 'allowed';
}

/** A closed connection proves no policy: its denial is counted, by port and by client. */
function refusedAs(
  outcome: Observed,
  { port, caller, evidence }: Recorded,
): Observed | undefined {
  const denied = seriesIn(evidence).some(
    ({ metric, labels }) =>
      /^inbound_(tcp|http)_authz_(deny|terminate)_total$/.test(metric) &&
      labels.target_port === String(port) &&
      (labels.client_id ?? '') === (caller.identity ?? ''),
  );
  return denied ? outcome : undefined;
}

type Series = { metric: string; labels: Record<string, string> };

function seriesIn(value: unknown): Series[] {
  if (typeof value !== 'object' || value === null) return [];
  return 'metric' in value && 'labels' in value
    ? [value as Series]
    : Object.values(value).flatMap(seriesIn);
}
