import {
  auditEvidenceOf,
  auditQueries,
  AuditEvidence,
  AuditSubject,
  Observation,
  promqlOf,
  questionNames,
  TrafficAnswers,
  TrafficEvidence,
  TrafficIndex,
  trafficOf,
} from '@meshway/plugin-meshed-service-common';
import { Clock, ended, systemClock } from '../http';
import type { Prometheus } from './Prometheus';
import type { PrometheusAccess } from './PrometheusAccess';
import { changedBetween, Shapes, shapesOf } from './shapes';

/** How often is asked, and about what. */
export type Rounds = Pick<
  PrometheusAccess,
  'labels' | 'intervalSeconds' | 'windowSeconds' | 'auditWindowSeconds'
>;

/** Questions of a round that are under way at once. */
const AT_ONCE = 4;

/**
 * The traffic of one cluster. A round asks every question at the same instant; it counts as a whole or not at all, so that
 * evidence never mixes what is new with what is not. A round that fails leaves the last one in its place, with its age.
 */
export class PrometheusTraffic {
  private last: { index: TrafficIndex; shapes: Shapes } | undefined;
  private failure: string | undefined;
  private ending = new AbortController();
  private running: Promise<void> | undefined;
  private readonly listeners = new Set<(namespace: string) => void>();

  constructor(
    private readonly cluster: string,
    private readonly prometheus: Prometheus,
    private readonly rounds: Rounds,
    private readonly clock: Clock = systemClock,
  ) {}

  of(observation: Observation): TrafficEvidence {
    const { source } = this.prometheus;
    if (!this.last)
      return {
        kind: 'noData',
        because: this.failure ?? `${source} has not answered yet.`,
        source,
      };
    const evidence = trafficOf(observation, this.last.index);
    return evidence.kind === 'observed' && this.failure
      ? { ...evidence, outdated: this.failure }
      : evidence;
  }

  async audit(
    subject: AuditSubject,
    signal?: AbortSignal,
  ): Promise<AuditEvidence> {
    const { auditWindowSeconds: windowSeconds, labels } = this.rounds;
    const at = this.clock.now();
    const about = {
      windowSeconds,
      source: this.prometheus.source,
      observedAt: new Date(at).toISOString(),
    };
    const attempted = `asking who called namespace ${subject.namespace} in cluster ${this.cluster}`;
    const { allowed, coverage } = auditQueries(subject, {
      windowSeconds,
      labels,
    });
    try {
      const [covered, ...answers] = await Promise.all(
        [coverage, ...allowed].map(each =>
          this.prometheus.ask(each, { attempted, at, signal }),
        ),
      );
      const rows = { allowed: answers.flat(), coverage: covered };
      return auditEvidenceOf(subject, rows, about);
    } catch (error) {
      signal?.throwIfAborted();
      return {
        ...{ outcome: 'insufficient', because: wordsOf(error), callers: [] },
        ...about,
      };
    }
  }

  subscribe(listener: (namespace: string) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  start(): void {
    if (this.running) return;
    this.ending = new AbortController();
    this.running = this.run(this.ending.signal);
  }

  /** What was answered last stays as it is. */
  async stop(): Promise<void> {
    this.ending.abort();
    await this.running;
    this.running = undefined;
  }

  async close(): Promise<void> {
    await this.stop();
    await this.prometheus.close();
  }

  /** Asks every question once. A failure is remembered, never thrown. */
  async round(signal?: AbortSignal): Promise<void> {
    const at = this.clock.now();
    try {
      const rows = await this.answers(at, signal);
      const { windowSeconds } = this.rounds;
      const answers = {
        source: this.prometheus.source,
        observedAt: new Date(at).toISOString(),
        windowSeconds,
        rows,
      };
      const before = this.last?.shapes ?? new Map();
      const shapes = shapesOf(answers);
      this.last = { index: TrafficIndex.of(answers), shapes };
      this.failure = undefined;
      this.tell(changedBetween(before, shapes));
    } catch (error) {
      if (!signal?.aborted) this.failure = wordsOf(error);
    }
  }

  private async answers(
    at: number,
    signal?: AbortSignal,
  ): Promise<TrafficAnswers['rows']> {
    const rows = new Map();
    const waiting = [...questionNames];
    const failed = new AbortController();
    const either = signal
      ? AbortSignal.any([signal, failed.signal])
      : failed.signal;
    const askNext = async (): Promise<void> => {
      for (let name = waiting.shift(); name; name = waiting.shift())
        rows.set(
          name,
          await this.prometheus.ask(promqlOf(name, this.rounds), {
            attempted: `asking for ${name} of the proxies of cluster ${this.cluster}`,
            at,
            signal: either,
          }),
        );
    };
    try {
      await Promise.all(Array.from({ length: AT_ONCE }, askNext));
    } catch (error) {
      failed.abort();
      throw error;
    }
    return rows;
  }

  private async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const began = this.clock.now();
      await this.round(signal);
      const left =
        this.rounds.intervalSeconds * 1000 - (this.clock.now() - began);
      // Clocks jump; a pause is never longer than the interval, nor none at all.
      const pause = Math.min(
        Math.max(left, 1000),
        this.rounds.intervalSeconds * 1000,
      );
      await this.clock.sleep(pause, signal).catch(() => undefined);
    }
  }

  private tell(namespaces: readonly string[]): void {
    for (const namespace of namespaces)
      for (const listener of this.listeners) {
        try {
          listener(namespace);
        } catch {
          // A listener that throws harms nobody else.
        }
      }
  }
}

function wordsOf(error: unknown): string {
  return ended(error instanceof Error ? error.message : String(error));
}
