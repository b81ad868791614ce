import type { Instant } from '../model';
import { QuestionName, questionNames, workloadLabels } from './questions';

/**
 * One element of a vector that Prometheus answered.
 *
 * @public
 */
export type TrafficRow = {
  labels: Readonly<Record<string, string>>;
  value: number;
};

/**
 * One round of answers: every question, asked at the same time about all proxies of a cluster.
 *
 * @public
 */
export type TrafficAnswers = {
  /** For people: `Prometheus https://prometheus.example.com`. */
  source: string;
  observedAt: Instant;
  windowSeconds: number;
  rows: ReadonlyMap<QuestionName, readonly TrafficRow[]>;
};

/** What was answered about one proxy. @public */
export type ProxyRows = Partial<Record<QuestionName, TrafficRow[]>>;

/** Which proxies are meant: pods by name, and workloads as the labels of series name them. @public */
export type Proxies = {
  namespace: string;
  pods: readonly string[];
  workloads: ReadonlyArray<{ label: string; name: string }>;
};

/**
 * The answers of one round, found by proxy in constant time, however many services there are.
 *
 * @public
 */
export class TrafficIndex {
  private readonly pods = new Map<string, ProxyRows>();
  private readonly podsOfWorkload = new Map<string, Set<string>>();

  private constructor(
    readonly answers: Pick<
      TrafficAnswers,
      'source' | 'observedAt' | 'windowSeconds'
    >,
    /** Whether any series names the pod that it is of. */
    readonly namesPods: boolean,
  ) {}

  /** @returns the index of a whole round. Rows that name no pod, or have no number, are of no use and passed over. */
  static of({ rows, ...answers }: TrafficAnswers): TrafficIndex {
    const named = questionNames.map(
      name => [name, (rows.get(name) ?? []).filter(isUsable)] as const,
    );
    const answered = [...rows.values()].some(({ length }) => length > 0);
    const index = new TrafficIndex(
      answers,
      !answered || named.some(([, usable]) => usable.length > 0),
    );
    for (const [name, usable] of named) {
      for (const row of usable) index.put(name, row);
    }
    return index;
  }

  /** @returns what is known of one pod's proxy. */
  ofPod(namespace: string, pod: string): ProxyRows {
    return this.pods.get(keyOf(namespace, pod)) ?? {};
  }

  /** @returns the answers about some proxies, those of pods that have gone since among them. */
  rowsOf(
    { namespace, pods, workloads }: Proxies,
    question: QuestionName,
  ): TrafficRow[] {
    const names = new Set(pods.map(pod => keyOf(namespace, pod)));
    for (const { label, name } of workloads) {
      const found = this.podsOfWorkload.get(keyOf(namespace, label, name));
      for (const pod of found ?? []) names.add(pod);
    }
    return [...names].flatMap(name => this.pods.get(name)?.[question] ?? []);
  }

  private put(question: QuestionName, row: TrafficRow): void {
    const { namespace, pod } = row.labels;
    const key = keyOf(namespace, pod);
    const known = this.pods.get(key) ?? {};
    this.pods.set(key, known);
    (known[question] ??= []).push(row);
    for (const label of workloadLabels) {
      const name = row.labels[label];
      if (!name) continue;
      const workload = keyOf(namespace, label, name);
      const pods = this.podsOfWorkload.get(workload) ?? new Set();
      this.podsOfWorkload.set(workload, pods.add(key));
    }
  }
}

function isUsable({ labels, value }: TrafficRow): boolean {
  return Boolean(labels.namespace && labels.pod) && Number.isFinite(value);
}

function keyOf(...parts: string[]): string {
  return parts.join('/');
}
