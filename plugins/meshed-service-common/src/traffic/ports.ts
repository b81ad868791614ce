import { clientOf, compareClients, SeenClient, keyOf } from './SeenClient';
import type { QuestionName } from './questions';
import type { Admitted, Count, PortTraffic } from './TrafficEvidence';
import type { TrafficRow } from './TrafficIndex';

/** Gives the rows of one question about a service. */
export type Rows = (question: QuestionName) => readonly TrafficRow[];

/** Says whether a request by this route is what the kubelet asks. */
export type IsProbe = (
  port: number,
  route: { kind: string; name: string },
) => boolean;

/** @returns what reached each port that something reached, in order. */
export function portsOf(rows: Rows, isProbe: IsProbe): PortTraffic[] {
  const ports = new Map<number, PortCounts>();
  const each = (
    question: QuestionName,
    take: (counts: PortCounts, row: TrafficRow, client: SeenClient) => void,
  ) => {
    for (const row of rows(question)) {
      const port = Number(row.labels.srv_port);
      if (!Number.isInteger(port) || port < 1 || row.value <= 0) continue;
      const counts = ports.get(port) ?? new PortCounts();
      ports.set(port, counts);
      take(counts, row, clientOf(row.labels));
    }
  };
  for (const question of ['httpAllowed', 'tcpAllowed'] as const) {
    const what = question === 'httpAllowed' ? 'requests' : 'connections';
    each(question, (counts, { labels, value }, client) => {
      const { route_kind: kind = '', route_name: name = '' } = labels;
      if (isLocal(labels)) {
        counts.local.add(client, value);
        return;
      }
      // Enforcement would refuse the kubelet as anybody else, where a route is for its probes and no policy lets it in.
      if (isAudit(labels)) counts.wouldBeDenied.add(client, value);
      if (isProbe(Number(labels.srv_port), { kind, name }))
        counts.probes.add(client, value);
      else counts.admit(client, what, value, byOf(labels));
    });
  }
  for (const question of ['httpDenied', 'tcpDenied', 'tcpTerminated'] as const)
    each(question, ({ denied }, { value }, client) =>
      denied.add(client, value),
    );
  for (const question of ['unrouted', 'rateLimited'] as const)
    each(question, (counts, { value }, client) =>
      counts[question].add(client, value),
    );
  each('openConnections', (counts, { value }, client) => {
    // A refused client may keep its connection: nothing was let in on it.
    if (!counts.isRefusedOnly(client))
      counts.admit(client, 'openConnections', value);
  });
  // Every connection is counted, also one whose requests were denied; what no policy judged stands in no other counter.
  each('connections', (counts, { value }, client) => {
    if (!counts.knows(client)) counts.unjudged.add(client, value);
  });
  return [...ports]
    .sort(([a], [b]) => a - b)
    .map(([port, counts]) => ({ port, ...counts.values() }))
    .filter(isReached);
}

function isReached({ port: _, ...counts }: PortTraffic): boolean {
  return Object.values(counts).some(each => each.length > 0);
}

/** What reached one port, while it is being counted. */
class PortCounts {
  private readonly admitted = new Map<string, Admitted>();
  readonly wouldBeDenied = new Counts();
  readonly denied = new Counts();
  readonly unrouted = new Counts();
  readonly rateLimited = new Counts();
  readonly probes = new Counts();
  readonly unjudged = new Counts();
  /** Of the pod itself: never on any wire. */
  readonly local = new Counts();

  admit(
    client: SeenClient,
    what: 'requests' | 'connections' | 'openConnections',
    value: number,
    by?: string,
  ): void {
    const key = keyOf(client);
    const known = this.admitted.get(key) ?? {
      ...client,
      ...{ requests: 0, connections: 0, openConnections: 0, by: [] },
    };
    known[what] += value;
    if (by && !known.by.includes(by)) known.by.push(by);
    this.admitted.set(key, known);
  }

  /** Whether anything but connections is known of a client. */
  knows(client: SeenClient): boolean {
    return (
      this.admitted.has(keyOf(client)) ||
      this.probes.has(client) ||
      this.local.has(client) ||
      this.isRefused(client)
    );
  }

  isRefusedOnly(client: SeenClient): boolean {
    return !this.admitted.has(keyOf(client)) && this.isRefused(client);
  }

  values(): Omit<PortTraffic, 'port'> {
    return {
      admitted: [...this.admitted.values()]
        .map(each => ({
          ...each,
          requests: whole(each.requests),
          connections: whole(each.connections),
          openConnections: whole(each.openConnections),
          by: [...each.by].sort(),
        }))
        .sort(compareClients),
      wouldBeDenied: this.wouldBeDenied.values(),
      denied: this.denied.values(),
      unrouted: this.unrouted.values(),
      rateLimited: this.rateLimited.values(),
      probes: this.probes.values(),
      unjudged: this.unjudged.values(),
    };
  }

  private isRefused(client: SeenClient): boolean {
    return this.denied.has(client) || this.unrouted.has(client);
  }
}

class Counts {
  private readonly counts = new Map<string, Count>();

  add(client: SeenClient, value: number): void {
    const key = keyOf(client);
    const { count = 0 } = this.counts.get(key) ?? {};
    this.counts.set(key, { ...client, count: count + value });
  }

  has(client: SeenClient): boolean {
    return this.counts.has(keyOf(client));
  }

  values(): Count[] {
    return [...this.counts.values()]
      .map(each => ({ ...each, count: whole(each.count) }))
      .sort(compareClients);
  }
}

/** Prometheus extrapolates increases to fractions; what happened, happened at least once. */
function whole(value: number): number {
  return value === 0 ? 0 : Math.max(1, Math.round(value));
}

function isAudit(labels: TrafficRow['labels']): boolean {
  return labels.authz_kind === 'default' && labels.authz_name === 'audit';
}

/** Whatever comes over loopback is let in, under this name. */
function isLocal(labels: TrafficRow['labels']): boolean {
  return labels.authz_kind === 'default' && labels.authz_name === 'localhost';
}

function byOf({
  authz_kind: kind = '',
  authz_name: name = '',
}: TrafficRow['labels']): string {
  return `${kinds[kind] ?? kind} ${name}`.trim();
}

const kinds: Readonly<Record<string, string>> = {
  default: 'default',
  authorizationpolicy: 'AuthorizationPolicy',
  serverauthorization: 'ServerAuthorization',
};
