import { proxyPorts } from '../model';

/** One condition on a label, as PromQL writes it. @public */
export type Matcher = {
  label: string;
  is: '=' | '!=' | '=~' | '!~';
  value: string;
};

/**
 * One question about all proxies of a cluster at once. `measure`: `events` of the window, also the first of a series, which
 * starts at it; the `lowest` value in the window; or what is there `now`.
 *
 * @public
 */
export type Question = {
  /** Series that satisfy all matchers of any of these. */
  select: ReadonlyArray<readonly Matcher[]>;
  by: readonly string[];
  measure: 'events' | 'lowest' | 'now';
};

/** Labels that the scraper writes: which proxy it is, and of which workload. */
export const workloadLabels = [
  'deployment',
  'statefulset',
  'daemonset',
] as const;
const proxy = ['namespace', 'pod', ...workloadLabels];
const client = [...proxy, 'srv_port', 'tls', 'no_tls_reason', 'client_id'];
const policy = ['route_kind', 'route_name', 'authz_kind', 'authz_name'];

const where = (label: string, is: Matcher['is'], value: string): Matcher => ({
  label,
  is,
  value,
});
const family = (name: string) => where('__name__', '=', name);
const admin = String(proxyPorts.admin);
/** Scrapes and probes of the proxy itself are nobody's calls. */
const application = where('srv_port', '!=', admin);
/** The other peer is the application behind the proxy: always plaintext, over loopback. */
const fromClient = [
  where('direction', '=', 'inbound'),
  where('peer', '=', 'src'),
];
const byProxy = (name: string): Question => ({
  select: [[where('__name__', '=~', name)]],
  by: ['namespace', 'pod'],
  measure: 'now',
});
const events = (name: string, by: readonly string[]): Question => ({
  select: [[family(name), application]],
  by,
  measure: 'events',
});

/** Everything that is ever asked, whatever the number of services. @public */
export const questions = {
  httpAllowed: events('inbound_http_authz_allow_total', [...client, ...policy]),
  tcpAllowed: events('inbound_tcp_authz_allow_total', [...client, ...policy]),
  httpDenied: events('inbound_http_authz_deny_total', client),
  tcpDenied: events('inbound_tcp_authz_deny_total', client),
  /** Open connections that a changed policy cut. */
  tcpTerminated: events('inbound_tcp_authz_terminate_total', client),
  unrouted: events('inbound_http_route_not_found_total', client),
  rateLimited: events('inbound_http_local_ratelimit_total', client),
  connections: {
    select: [[family('tcp_open_total'), ...fromClient, application]],
    by: client,
    measure: 'events',
  },
  openConnections: {
    select: [[family('tcp_open_connections'), ...fromClient, application]],
    by: client,
    measure: 'lowest',
  },
  failedHandshakes: {
    select: [
      [
        family('inbound_tcp_errors_total'),
        where('target_port', '=', String(proxyPorts.inbound)),
      ],
    ],
    by: proxy,
    measure: 'events',
  },
  up: {
    select: [
      [
        family('up'),
        where('pod', '!=', ''),
        where('control_plane_ns', '!=', ''),
      ],
      [
        family('up'),
        where('pod', '!=', ''),
        where('instance', '=~', `.+:${admin}`),
      ],
    ],
    by: ['namespace', 'pod'],
    measure: 'now',
  },
  // Renamed in April 2024; both are asked for, since a query for one of them is silently empty on the other's proxies.
  certificateExpires: byProxy(
    '(control_)?identity_cert_expiration_timestamp_seconds',
  ),
  certificateRefreshed: byProxy(
    '(control_)?identity_cert_refresh_timestamp_seconds',
  ),
  /** The proxy's own clock, by which its certificate ends. */
  clock: byProxy('process_clock_time_seconds'),
} as const satisfies Record<string, Question>;

/** Name of a question. @public */
export type QuestionName = keyof typeof questions;

/** Names of all questions. @public */
export const questionNames = Object.keys(questions) as QuestionName[];
