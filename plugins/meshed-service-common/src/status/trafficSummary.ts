import type { Instant } from '../model';
import type { ClusterSettings } from '../mesh';
import type { Admitted, PortTraffic, TrafficEvidence } from '../traffic';
import { isPlaintext, nameClients, plaintextInto } from './clients';
import type { TrafficSummary } from './MeshStatus';
import { noTraffic } from './words';

type Observed = Extract<TrafficEvidence, { kind: 'observed' }>;

/** @returns the evidence as long as it speaks of the present: what is older than its own window says nothing any more. */
export function currentTraffic(
  traffic: TrafficEvidence | undefined,
  now: Instant,
): TrafficEvidence | undefined {
  if (traffic?.kind !== 'observed') return traffic;
  const { source, observedAt, windowSeconds, outdated } = traffic;
  const age = (Date.parse(now) - Date.parse(observedAt)) / 1000;
  if (age <= windowSeconds) return traffic;
  const because = `The newest answer of ${source} is older than the window that it speaks of.`;
  return {
    kind: 'noData',
    because: outdated ? `${because} ${outdated}` : because,
    ...{ source, observedAt },
  };
}

/** @returns what was seen of traffic, in the words and figures that people get. */
export function summaryOfTraffic(
  traffic: TrafficEvidence | undefined,
  settings: ClusterSettings,
): TrafficSummary {
  if (!traffic) return { kind: 'noData', because: noTraffic };
  if (traffic.kind === 'noData') return traffic;
  const { source, observedAt, windowSeconds, ports, outdated } = traffic;
  const seen = {
    ...{ unseen: unseenOf(traffic), windowSeconds, observedAt, source },
    ...(outdated ? { outdated } : {}),
  };
  if (ports.every(isQuiet)) return { kind: 'noTraffic', ...seen };
  const admitted = ports.flatMap(each => each.admitted);
  const sum = (what: 'requests' | 'connections') =>
    admitted.reduce((total, each) => total + each[what], 0);
  return {
    kind: 'observed',
    securedShare: securedShareOf(admitted),
    requests: sum('requests'),
    connections: sum('connections'),
    plaintextFrom: ports.flatMap(each => plaintextInto(each, settings)),
    unauthenticated: nameClients(
      admitted.filter(
        each => each.transport !== 'secured' && !isPlaintext(each),
      ),
      settings,
    ),
    wouldBeDenied: nameClients(
      ports.flatMap(each => each.wouldBeDenied),
      settings,
    ),
    denied: nameClients(
      ports.flatMap(each => each.denied),
      settings,
    ),
    ...seen,
  };
}

/** Probes are nobody's call, and what no policy judged got nowhere. */
function isQuiet({ admitted, denied, unrouted }: PortTraffic): boolean {
  return admitted.length + denied.length + unrouted.length === 0;
}

/** Of what was let in; connections that stay open count where nothing else does. */
function securedShareOf(admitted: readonly Admitted[]): number {
  const weigh = (some: readonly Admitted[]) =>
    some.reduce(
      (sum, { requests, connections, openConnections }) =>
        sum + (requests + connections || openConnections),
      0,
    );
  const all = weigh(admitted);
  return all === 0
    ? 1
    : weigh(admitted.filter(each => each.transport === 'secured')) / all;
}

function unseenOf({ silent, unseenPorts, unseenNetworks }: Observed): string[] {
  return [
    ...unseenPorts.map(
      port =>
        `Port ${port} goes around the proxy: whatever reaches it leaves no trace.`,
    ),
    ...unseenNetworks.map(
      network =>
        `Whoever comes from ${network} goes around the proxy: whatever it reaches leaves no trace.`,
    ),
    ...silent.map(({ because }) => because),
  ];
}
