import type { Caller, Pod } from '../index';
import type { Request, Result } from './requests';
import { isJudgedByLastObjects, Timeline } from './timeline';

/** What a policy made of a call. */
export type Observed =
  | 'allowed'
  | 'forbidden'
  | 'noRoute'
  | 'closed'
  | 'badRequest';

type Recorded = {
  target: Pod;
  port: number;
  caller: Caller;
  /** Series of the proxies that grew. */
  evidence: unknown;
  timeline: Timeline;
};

/**
 * @returns what a policy made of a call; undefined where something else decided: a certificate, a proxy or application that
 *   was down, a policy that was not there yet, or is not there any more. The last attempt counts.
 */
export function outcomeOf(
  asked: Request,
  recorded: Recorded,
): Observed | undefined {
  const { target, timeline } = recorded;
  const last = asked.results[asked.results.length - 1];
  if (!last || !isJudgedByLastObjects(asked, target.name, timeline))
    return undefined;
  switch (asked.request.kind) {
    case 'http':
      return outcomeOfHttp(last);
    case 'hold':
      return last.endedBy === 'client' ? 'allowed' : closed(recorded);
    case 'tcp':
      return outcomeOfBytes(last, recorded);
    default:
      return last.firstLine ? 'allowed' : closed(recorded);
  }
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

/** An application that expects HTTP answers 400, too, and not only the proxy: the proxy counts whom it lets through. */
function outcomeOfBytes(
  { received, sent }: Result,
  recorded: Recorded,
): Observed | undefined {
  if (!received) return closed(recorded);
  if (received === sent || grew(/^inbound_tcp_authz_allow_total$/, recorded))
    return 'allowed';
  if (!received.startsWith('HTTP/1.1 400')) return undefined;
  return grew(/^tcp_open_total$/, recorded) ? 'badRequest' : 'allowed';
}

/** A closed connection proves no policy: its denial is counted. */
function closed(recorded: Recorded): Observed | undefined {
  return grew(/^inbound_(tcp|http)_authz_(deny|terminate)_total$/, recorded)
    ? 'closed'
    : undefined;
}

/** Whether the proxy of the target counted something of the client on the port. */
function grew(
  family: RegExp,
  { target, port, caller, evidence }: Recorded,
): boolean {
  return seriesIn(evidence).some(
    ({ metric, labels }) =>
      family.test(metric) &&
      (labels.direction ?? 'inbound') === 'inbound' &&
      target.addresses.includes(labels.target_ip) &&
      labels.target_port === String(port) &&
      (labels.client_id ?? '') === (caller.identity ?? ''),
  );
}

type Series = { metric: string; labels: Record<string, string> };

function seriesIn(value: unknown): Series[] {
  if (typeof value !== 'object' || value === null) return [];
  return 'metric' in value && 'labels' in value
    ? [value as Series]
    : Object.values(value).flatMap(seriesIn);
}
