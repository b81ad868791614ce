import {
  formatServiceRef,
  ServiceRef,
  ServiceSummary,
} from '@meshway/plugin-meshed-service-common';
import type { ObservedChange } from './ObservedServices';
import type { StatusEdition } from './StatusEdition';

/** What is remembered of one service. */
export type Entry = {
  readonly name: string;
  readonly service: ServiceRef;
  /** Counts the changes of what the status rests on. */
  revision: number;
  /** The revision that the edition was made from. */
  computed: number;
  edition?: StatusEdition;
  summary?: ServiceSummary;
  /** When it was computed, or could not be, in milliseconds since 1970. */
  triedAt: number;
  failed?: boolean;
  running?: Promise<StatusEdition | undefined>;
};

/** Entries by name, by namespace and by cluster; what was computed longest ago comes first. */
export class EditionEntries {
  private readonly byName = new Map<string, Entry>();
  private readonly byNamespace = new Map<string, Set<Entry>>();

  get size(): number {
    return this.byName.size;
  }

  get(name: string): Entry | undefined {
    return this.byName.get(name);
  }

  /** @returns the entry of a service; there is nothing in a new one yet. */
  make(service: ServiceRef): Entry {
    const name = formatServiceRef(service);
    const known = this.byName.get(name);
    if (known) return known;
    const entry = { name, service, revision: 0, computed: -1, triedAt: 0 };
    this.byName.set(name, entry);
    const namespace = namespaceOf(service);
    const others = this.byNamespace.get(namespace) ?? new Set<Entry>();
    this.byNamespace.set(namespace, others.add(entry));
    return entry;
  }

  keep(
    entry: Entry,
    made: { edition: StatusEdition; summary: ServiceSummary; computed: number },
  ): void {
    Object.assign(entry, made, {
      failed: false,
      triedAt: made.edition.computedAt,
    });
    this.toEnd(entry);
  }

  /** Keeps that nothing could be computed, as what is unknown. */
  fail(entry: Entry, triedAt: number): void {
    const { service, summary } = entry;
    const because =
      'its status could not be computed; the log of the portal says why';
    entry.triedAt = triedAt;
    entry.failed = true;
    entry.edition = undefined;
    entry.summary = {
      service,
      declared: summary?.declared ?? false,
      observed: summary?.observed ?? false,
      ...(summary?.owner ? { owner: summary.owner } : {}),
      verdict: { kind: 'unknown', because, atMost: 'enforced' },
      state: 'unknown',
      summary: `Unknown: ${because}.`,
    };
    this.toEnd(entry);
  }

  remove(entry: Entry): void {
    const namespace = namespaceOf(entry.service);
    const others = this.byNamespace.get(namespace);
    others?.delete(entry);
    if (others?.size === 0) this.byNamespace.delete(namespace);
    this.byName.delete(entry.name);
  }

  all(): Iterable<Entry> {
    return this.byName.values();
  }

  /** @returns the one of this name, as long as it is known. */
  only(name: string): Entry[] {
    const entry = this.byName.get(name);
    return entry ? [entry] : [];
  }

  /** @returns the entries that a change may concern. */
  in({ cluster, namespace }: ObservedChange): Entry[] {
    if (namespace !== undefined)
      return [...(this.byNamespace.get(`${cluster}/${namespace}`) ?? [])];
    return [...this.byName.values()].filter(
      ({ service }) => service.cluster === cluster,
    );
  }

  summaries(): ServiceSummary[] {
    const found: ServiceSummary[] = [];
    for (const { summary } of this.byName.values())
      if (summary) found.push(summary);
    return found;
  }

  private toEnd(entry: Entry): void {
    if (!this.byName.delete(entry.name)) return;
    this.byName.set(entry.name, entry);
  }
}

const namespaceOf = ({ cluster, namespace }: ServiceRef) =>
  `${cluster}/${namespace}`;
