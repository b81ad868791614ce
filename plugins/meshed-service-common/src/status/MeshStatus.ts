import type { Instant, ObjectRef, ServiceRef } from '../model';

/**
 * Worst last. `unknown` is a state, not an error, and never rolls up to `ok`.
 *
 * @public
 */
export const states = [
  'ok',
  'progressing',
  'unknown',
  'missing',
  'degraded',
] as const;
/**
 * How well something is.
 *
 * @public
 */
export type State = (typeof states)[number];

/**
 * The mTLS ladder, lowest rung first.
 *
 * @public
 */
export const rungs = [
  'notMeshed',
  'partiallyMeshed',
  'identityUnhealthy',
  'opportunistic',
  'audit',
  'enforced',
] as const;
/**
 * A rung of the mTLS ladder.
 *
 * @public
 */
export type Rung = (typeof rungs)[number];

/**
 * Where a port, workload or service stands; or that it cannot be known, and what it could be at most.
 *
 * @public
 */
export type Verdict =
  | { kind: 'known'; rung: Rung }
  | { kind: 'unknown'; because: string; atMost: Rung };

/**
 * What a finding rests on: an object, and which of its fields.
 *
 * @public
 */
export type Evidence = { ref: ObjectRef; field?: string; value?: string };

/**
 * What one check found.
 *
 * @public
 */
export type Finding = {
  /** `MSC###`, stable and never reused. */
  code: string;
  title: string;
  state: State;
  /** Plain English for the owner of the service; does not flap while the facts stay. */
  message: string;
  evidence: Evidence[];
  /** What to do, where something is to be done. */
  fix?: string;
  /** Anchor in docs/checks.md. */
  docs: string;
};

/**
 * What was seen on the wire, apart from what policy allows.
 *
 * @public
 */
export type TrafficSummary =
  | {
      kind: 'noData';
      because: string;
      /** Who was asked, where somebody was. */
      source?: string;
      observedAt?: Instant;
    }
  | ({ kind: 'noTraffic' } & TrafficSeen)
  | ({
      kind: 'observed';
      /** 0..1, of what was let in. */
      securedShare: number;
      /** HTTP that was let in. */
      requests: number;
      /** Everything else that was let in. */
      connections: number;
      /** Each says who came, to which port, and by leave of which policy. */
      plaintextFrom: string[];
      /** Whoever came in TLS that proves no mesh identity. */
      unauthenticated: string[];
      /** Callers whom only audit lets in. */
      wouldBeDenied: string[];
      denied: string[];
    } & TrafficSeen);

/**
 * By whom, when and for how long traffic was seen.
 *
 * @public
 */
export type TrafficSeen = {
  windowSeconds: number;
  observedAt: Instant;
  source: string;
  /** One sentence each: proxies and ports of which nothing can be known. */
  unseen: string[];
  /** Why this is not the newest that there could be. */
  outdated?: string;
};

/**
 * Where one port stands, and why.
 *
 * @public
 */
export type PortStatus = {
  port: number;
  name?: string;
  protocol: string;
  verdict: Verdict;
  /** One sentence: who decides, and who may call. */
  explanation: string;
  evidence: Evidence[];
};

/**
 * How whole what is known of a kind can be.
 *
 * @public
 */
export const freshnesses = [
  'current',
  'stale',
  'forbidden',
  'notInstalled',
  'unreadable',
] as const;
/**
 * How whole what is known of a kind is.
 *
 * @public
 */
export type Freshness = (typeof freshnesses)[number];

/**
 * How old and how whole the data of one source is.
 *
 * @public
 */
export type SourceStatus = {
  /** For people: `snapshot examples/otel-demo/4-observed`. */
  source: string;
  /** Kubernetes kind, as in `Pod`. */
  kind: string;
  /** Present when this holds for one namespace only. */
  namespace?: string;
  freshness: Freshness;
  observedAt?: Instant;
  message?: string;
  /** From the last change in a live cluster to its arrival, by two clocks and whole seconds. */
  lagSeconds?: number;
};

/**
 * Everything that is known about the mTLS of one service.
 *
 * @public
 */
export type MeshStatus = {
  service: ServiceRef;
  /** A spec is known: somebody asked for this service. */
  declared: boolean;
  /** At least one object of the service has been seen. */
  observed: boolean;
  verdict: Verdict;
  state: State;
  /** One sentence that sums up verdict and state. */
  summary: string;
  ports: PortStatus[];
  traffic: TrafficSummary;
  findings: Finding[];
  sources: SourceStatus[];
  /** Of the oldest source that the verdict rests on. */
  observedAt?: Instant;
};
