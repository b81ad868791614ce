import type { Instant } from '../model';
import type { LeafCertificate } from './certificates';
import type { SeenClient } from './SeenClient';

/**
 * What one client was let in for. Requests are HTTP; connections are everything else.
 *
 * @public
 */
export type Admitted = SeenClient & {
  requests: number;
  connections: number;
  /** Held open over the whole window: a client that keeps one connection opens none. */
  openConnections: number;
  /** What let it in: `AuthorizationPolicy`s and defaults by name. A name alone does not mean that an identity was needed. */
  by: string[];
};

/**
 * How often one client met with something.
 *
 * @public
 */
export type Count = SeenClient & { count: number };

/**
 * What reached one port in the window. What the kubelet asks stands apart in `probes`, and counts as nobody's call.
 *
 * @public
 */
export type PortTraffic = {
  port: number;
  admitted: Admitted[];
  /** Of the admitted and of the probes, those that only audit let in. */
  wouldBeDenied: Count[];
  denied: Count[];
  /** No route matched: neither let in nor denied. */
  unrouted: Count[];
  /** Of the admitted, those that a limit turned away. */
  rateLimited: Count[];
  probes: Count[];
  /** Connections on which nothing followed that any policy judged: a port scan, or bytes in another protocol. */
  unjudged: Count[];
};

/**
 * What the proxies of a service say about the traffic that reached it, in the window before `observedAt`.
 *
 * @public
 */
export type TrafficEvidence =
  | {
      kind: 'noData';
      because: string;
      /** For people: `Prometheus https://prometheus.example.com`. */
      source?: string;
      observedAt?: Instant;
    }
  | {
      kind: 'observed';
      source: string;
      observedAt: Instant;
      windowSeconds: number;
      /** Only those that something reached, in order. */
      ports: PortTraffic[];
      /** Proxies that nothing is known of, and why. */
      silent: Array<{ pod: string; because: string }>;
      /** Ports that go around the proxy, as `8081` or `8000-8010`: they leave no trace, whatever reaches them. */
      unseenPorts: string[];
      /** Networks whose connections go around the proxy at every port, and leave no trace either. */
      unseenNetworks: string[];
      /** Connections to the proxies' own port that failed before any client was known: a certificate that does not hold, or no mesh TLS at all. */
      failedHandshakes: number;
      certificates: LeafCertificate[];
      /** Why the newest answers could not be used, where these are older ones. */
      outdated?: string;
    };
