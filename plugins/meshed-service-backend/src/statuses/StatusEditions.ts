import type { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import {
  formatServiceRef,
  parseServiceRef,
  ServiceRef,
  ServiceSummary,
} from '@meshway/plugin-meshed-service-common';
import { inSlices } from '@meshway/plugin-meshed-service-node';
import type { AnnotatedServices } from '../catalog';
import type { DeclaredServices } from '../declared';
import { Listeners, Repeating, WorkQueue } from '../pace';
import { EditionEntries, Entry } from './EditionEntries';
import type { ObservedServices } from './ObservedServices';
import { editionOf, StatusEdition } from './StatusEdition';
import { StatusReader } from './StatusReader';
import { summaryOf } from './summaryOf';
import { Places, Unlisted } from './Unlisted';

/** A status says something else than before; without an edition, the service is gone. */
export type EditionChange = {
  service: ServiceRef;
  edition?: StatusEdition;
  before?: ServiceSummary;
  after?: ServiceSummary;
};

/** Some findings depend on nothing but the time. A status that somebody reads is no older. */
const LONGEST_WITHOUT_LOOK = 60_000;
const LIST_MILLISECONDS = 500;
/** Of those that nobody reads, so many with each list, and no fewer: all are looked at before a page calls them old. */
const LOOKS_AT_ONCE = 8;
const LISTS_FOR_ALL = 800;

/**
 * The statuses of all services, each computed when something that it rests on has changed, and answered from memory.
 */
export class StatusEditions {
  private readonly entries = new EditionEntries();
  private readonly queue = new WorkQueue<Entry>(entry => this.bring(entry));
  private readonly listeners: Listeners<EditionChange>;
  private readonly repeated: Repeating;
  private readonly reader: StatusReader;
  private readonly stops: Array<() => void> = [];
  private listing: Promise<void> = Promise.resolve();
  private readonly unlisted = new Unlisted();

  constructor(
    private readonly declared: DeclaredServices,
    private readonly observed: ObservedServices,
    private readonly annotated: Pick<
      AnnotatedServices,
      'find' | 'all' | 'settle' | 'subscribe'
    >,
    private readonly options: {
      /** Under which changes of a service are announced. */
      keyOf: (service: string) => string;
      logger: Pick<LoggerService, 'warn' | 'error'>;
      now?: () => number;
    },
  ) {
    this.reader = new StatusReader(declared, observed, annotated);
    this.listeners = new Listeners(error =>
      options.logger.warn(toError(error).message),
    );
    this.repeated = new Repeating(() => this.look(), LIST_MILLISECONDS);
  }

  /** Starts to follow what statuses rest on. */
  start(): void {
    this.stops.push(
      this.declared.subscribe(change => {
        this.unlisted.add();
        this.touch(
          change === 'all'
            ? this.entries.all()
            : [...change].flatMap(name => this.entries.get(name) ?? []),
        );
      }),
      this.annotated.subscribe(names => {
        this.unlisted.add();
        this.touch([...names].flatMap(name => this.entries.get(name) ?? []));
      }),
      this.observed.subscribe(change => {
        this.unlisted.add(change);
        this.touch(this.entries.in(change));
      }),
    );
    this.repeated.start();
  }

  stop(): void {
    this.repeated.stop();
    this.queue.stop();
    for (const stop of this.stops) stop();
  }

  /** @param listener - told of every status that says something else than before. */
  subscribe(listener: (change: EditionChange) => void): () => void {
    return this.listeners.add(listener);
  }

  /** @returns the edition in memory, when nothing that it rests on has changed. Asks nobody. */
  current(service: string): StatusEdition | undefined {
    const entry = this.entries.get(service);
    if (!entry?.edition || entry.computed !== entry.revision) return undefined;
    if (!this.declared.isPrepared(service)) return undefined;
    // What only time has changed is answered once more, and computed behind the answer.
    if (this.isOld(entry)) this.queue.add([entry]);
    return entry.edition;
  }

  /** @returns undefined when nobody has asked for the service and it is certain that nothing of it is there. */
  async read(service: ServiceRef): Promise<StatusEdition | undefined> {
    const name = formatServiceRef(service);
    const current = this.current(name);
    if (current) return current;
    await this.declared.prepare(name);
    const edition = await this.compute(this.entries.make(service));
    if (edition) return edition;
    // The catalog may know of it, once it has been read.
    await this.annotated.settle();
    return this.annotated.find(name)
      ? this.compute(this.entries.make(service))
      : undefined;
  }

  /** Lines of the services that have been computed so far. */
  get computed(): readonly ServiceSummary[] {
    return this.entries.summaries();
  }

  /** @returns a line for each service. Waits until all of them are computed. */
  async summaries(): Promise<ServiceSummary[]> {
    await this.queue.hurry(async () => {
      await this.annotated.settle();
      await this.list();
    });
    return this.entries.summaries();
  }

  /** Now and then: new services, and what has not been computed for long. */
  private async look(): Promise<void> {
    try {
      await this.list();
    } catch (error) {
      // Whatever could not be read says so itself, and is asked again.
      return;
    }
    const old: Entry[] = [];
    const enough = Math.max(
      LOOKS_AT_ONCE,
      Math.ceil(this.entries.size / LISTS_FOR_ALL),
    );
    for (const entry of this.entries.all()) {
      if (!this.isOld(entry) || old.length === enough) break;
      old.push(entry);
    }
    this.queue.add(old);
  }

  /** One after the other: who comes second may not go on before the first has made what it found. */
  private list(): Promise<void> {
    this.listing = this.listing
      .catch(() => undefined)
      .then(() => this.listNow());
    return this.listing;
  }

  private async listNow(): Promise<void> {
    await this.observed.refresh();
    const held = await this.declared.list();
    await this.unlisted.settle(places => this.listIn(places, held));
  }

  /** Makes an entry for each service that has none. */
  private async listIn(
    places: Places | undefined,
    held: ReadonlyMap<string, unknown>,
  ): Promise<void> {
    const fresh: Entry[] = [];
    const make = (service: ServiceRef) => {
      if (!this.entries.get(formatServiceRef(service)))
        fresh.push(this.entries.make(service));
    };
    try {
      for (const place of places ? places.all() : [undefined])
        await inSlices(await this.observed.list(place), make);
      await inSlices(this.annotated.all(), ({ service }) => {
        if (!places || places.has(service)) make(service);
      });
      // What was asked for is never forgotten because of what is seen.
      await inSlices(places ? [] : held.keys(), name => {
        const service = parseServiceRef(name);
        if (service) make(service);
      });
    } finally {
      // Whatever was made has to be computed: the next list takes it for known.
      this.queue.add(fresh);
    }
  }

  private isOld({ triedAt }: Entry): boolean {
    return this.now() - triedAt > LONGEST_WITHOUT_LOOK;
  }

  /** Something that the status rests on has changed. */
  private touch(entries: Iterable<Entry>): void {
    const touched = [...entries];
    for (const entry of touched) entry.revision += 1;
    this.queue.add(touched);
  }

  /** Brings an edition up to what is known now. */
  private async bring(entry: Entry): Promise<void> {
    if (entry.computed === entry.revision && !this.isOld(entry)) return;
    await this.compute(entry).catch(error => this.fail(entry, toError(error)));
    // It was being computed already, from what was known before.
    if (entry.edition && entry.computed < entry.revision)
      this.queue.add(this.entries.only(entry.name));
  }

  private compute(entry: Entry): Promise<StatusEdition | undefined> {
    entry.running ??= this.computeNow(entry).finally(() => {
      entry.running = undefined;
    });
    return entry.running;
  }

  private async computeNow(entry: Entry): Promise<StatusEdition | undefined> {
    const { name, service, revision } = entry;
    const read = await this.reader.read(service);
    if (!read) {
      this.forget(entry);
      return undefined;
    }
    const edition = editionOf(read.status, entry.edition, {
      key: this.options.keyOf(name),
      computedAt: this.now(),
    });
    if (!read.isThere) {
      // Perhaps there is no such service: whoever tries names out must fill no memory.
      this.forget(entry);
      return edition;
    }
    const { edition: last, summary: before } = entry;
    const after = summaryOf(read, edition.mark);
    this.entries.keep(entry, { edition, summary: after, computed: revision });
    if (last?.digest !== edition.digest)
      this.listeners.tell({
        service,
        edition,
        after,
        ...(before ? { before } : {}),
      });
    return edition;
  }

  private forget(entry: Entry): void {
    this.entries.remove(entry);
    const { service, summary } = entry;
    if (summary) this.listeners.tell({ service, before: summary });
  }

  private fail(entry: Entry, error: Error): void {
    const { name, edition } = entry;
    if (edition || !entry.failed)
      this.options.logger.error(
        `The status of ${name} could not be computed`,
        error,
      );
    // It is computed again as soon as somebody asks, or anything changes.
    this.entries.fail(entry, this.now());
  }

  private now(): number {
    return (this.options.now ?? Date.now)();
  }
}
