import type { StreamedAnswer } from '../../http';
import {
  acceptOf,
  Collection,
  onePathOf,
  pathOf,
  resourceOf,
  selectorOf,
} from './Collection';
import { Ending, failed, Interruption } from './Ending';
import { Asked, endingOfError, endingOfRefusal } from './endingOf';
import type { Feed } from './Feed';
import type { Intake } from './Intake';
import { lagOf } from './lagOf';
import { linesOf } from './linesOf';
import { listPages } from './listPages';
import { readText } from './readText';
import type { Timing } from './Timing';
import { objectFrom, WatchEvent, watchEventFrom } from './watchEvent';
import { LONGEST_LINE, WatchLimits } from './WatchLimits';

const LONGEST_REFUSAL = 1024 * 1024;

/** Told of what becomes of a list or a watch. */
export type Progress = {
  /** From now on the index is what the server has, and follows it. */
  current(): void;
  /** The server said something: an event, a bookmark. */
  heard(lagSeconds?: number): void;
};

/** What a reflector needs of the world. */
export type ReflectorParts = {
  cluster: string;
  feed: Feed;
  timing: Timing;
  limits: WatchLimits;
};

/**
 * Brings one collection into an index, and keeps it there for as long as one connection lasts. Where the next one goes on is
 * remembered; what to do between two of them is decided elsewhere.
 */
export class Reflector {
  private resourceVersion: string | undefined;
  private asksForStreams = true;

  constructor(
    private readonly collection: Collection,
    private readonly intake: Intake,
    private readonly progress: Progress,
    private readonly parts: ReflectorParts,
  ) {}

  /** What is known is not to be continued: the next session lists everything. */
  forgetPlace(): void {
    this.resourceVersion = undefined;
  }

  /** Reads once: lists in pages, or takes the one object that is wanted. */
  async list(version: string, signal: AbortSignal): Promise<Ending> {
    const { byPath, name } = this.collection;
    const verb = byPath ? 'get' : 'list';
    try {
      if (byPath && name) await this.takeOne(name, version, signal);
      else await this.takeList(version, signal);
      this.progress.current();
      return { kind: 'closed' };
    } catch (error) {
      return this.endingOf(error, verb, signal);
    }
  }

  /** Lists where it has to, then watches until something ends it. */
  async session(version: string, signal: AbortSignal): Promise<Ending> {
    let verb: Asked['verb'] = 'watch';
    try {
      if (this.resourceVersion === undefined && !this.asksForStreams) {
        verb = 'list';
        await this.takeList(version, signal);
        verb = 'watch';
      }
      await this.watch(version, signal);
      return { kind: 'closed' };
    } catch (error) {
      return this.endingOf(error, verb, signal);
    }
  }

  private endingOf(
    error: unknown,
    verb: Asked['verb'],
    signal: AbortSignal,
  ): Ending {
    signal.throwIfAborted();
    const ending = endingOfError(error, this.asked(verb));
    if (ending.kind === 'expired') this.forgetPlace();
    if (ending.kind === 'noStreams') this.asksForStreams = false;
    if (ending.kind === 'forbidden') this.parts.feed.renew();
    return ending;
  }

  private async takeOne(name: string, version: string, signal: AbortSignal) {
    const path = onePathOf(this.collection, version, name);
    this.intake.beginList(version);
    const answer = await this.ask('get', path, {}, signal);
    const text = await readText(answer, LONGEST_LINE);
    // One that is not there is known not to be.
    if (answer.status !== 404) {
      if (answer.status !== 200) throw this.refused({ ...answer, text }, 'get');
      const { object, resourceVersion } = objectFrom(text);
      this.intake.put(object, resourceVersion);
    }
    this.intake.endList();
  }

  private async takeList(version: string, signal: AbortSignal): Promise<void> {
    const { limits } = this.parts;
    this.intake.beginList(version);
    this.resourceVersion = undefined;
    const resourceVersion = await listPages(
      query => this.open(version, 'list', query, signal),
      limits,
      (object, ownVersion) => {
        this.intake.put(object, ownVersion);
        this.progress.heard();
      },
    );
    this.intake.endList();
    this.resourceVersion = resourceVersion;
  }

  private async watch(version: string, signal: AbortSignal): Promise<void> {
    const { limits, timing } = this.parts;
    const isList = this.resourceVersion === undefined;
    const [shortest, longest] = limits.watch;
    const span = shortest + timing.random() * (longest - shortest);
    const cut = new AbortController();
    const watchdog = setTimeout(
      () => cut.abort(failed(`nothing was heard of it for too long`)),
      Math.max(limits.quiet, limits.answer),
    );
    try {
      const answer = await this.open(
        version,
        'watch',
        {
          watch: '1',
          allowWatchBookmarks: 'true',
          timeoutSeconds: String(Math.ceil(span / 1000)),
          ...(isList
            ? {
                sendInitialEvents: 'true',
                resourceVersionMatch: 'NotOlderThan',
              }
            : { resourceVersion: this.resourceVersion }),
        },
        AbortSignal.any([signal, cut.signal]),
        isList ? [400, 422] : [],
      );
      if (isList) this.intake.beginList(version);
      else this.progress.current();
      await this.follow(answer, isList, watchdog);
    } catch (error) {
      throw cut.signal.aborted && !signal.aborted ? cut.signal.reason : error;
    } finally {
      clearTimeout(watchdog);
      cut.abort();
    }
  }

  private async follow(
    answer: StreamedAnswer,
    beginsWithList: boolean,
    watchdog: NodeJS.Timeout,
  ): Promise<void> {
    let isListing = beginsWithList;
    for await (const line of linesOf(answer.body, this.parts.limits.turn)) {
      watchdog.refresh();
      const event = watchEventFrom(line);
      if (event.type === 'ERROR') throw this.refused({ ...event, headers: {} });
      this.take(event);
      if (!isListing) this.resourceVersion = event.resourceVersion;
      else if (event.type === 'BOOKMARK' && event.endsInitialEvents) {
        isListing = false;
        this.intake.endList();
        this.resourceVersion = event.resourceVersion;
        this.progress.current();
      }
      this.progress.heard(isListing ? undefined : this.lagOf(event));
    }
    if (isListing) throw failed('the connection ended in the middle of a list');
  }

  private take(event: Exclude<WatchEvent, { type: 'ERROR' }>): void {
    if (event.type === 'BOOKMARK') return;
    const { object, resourceVersion } = event;
    if (event.type === 'DELETED') this.intake.drop(object);
    else this.intake.put(object, resourceVersion);
  }

  private lagOf(event: WatchEvent): number | undefined {
    return event.type === 'ADDED' || event.type === 'MODIFIED'
      ? lagOf(event.object, this.parts.timing.now())
      : undefined;
  }

  /** Asks for all objects of the collection. @throws Interruption when the answer is no success. */
  private async open(
    version: string,
    verb: 'list' | 'watch',
    query: Record<string, string | undefined>,
    signal: AbortSignal,
    withoutStreams: readonly number[] = [],
  ): Promise<StreamedAnswer> {
    const answer = await this.ask(
      verb,
      pathOf(this.collection, version),
      { ...selectorOf(this.collection), ...query },
      signal,
    );
    if (answer.status === 200) return answer;
    const text = await readText(answer, LONGEST_REFUSAL);
    if (withoutStreams.includes(answer.status))
      throw new Interruption({ kind: 'noStreams' });
    throw this.refused({ ...answer, text }, verb);
  }

  private ask(
    verb: Asked['verb'],
    path: string,
    query: Record<string, string | undefined>,
    signal: AbortSignal,
  ): Promise<StreamedAnswer> {
    const { cluster, feed, limits } = this.parts;
    const doing = { get: 'reading', list: 'listing', watch: 'watching' }[verb];
    return feed.open({
      attempted: `${doing} ${resourceOf(
        this.collection,
      )} in cluster ${cluster}`,
      path,
      query,
      accept: acceptOf(this.collection, verb),
      answerMilliseconds: limits.answer,
      signal,
    });
  }

  private refused(
    refusal: { status: number; headers: Record<string, string>; text: string },
    verb: Asked['verb'] = 'watch',
  ): Interruption {
    return new Interruption(endingOfRefusal(refusal, this.asked(verb)));
  }

  private asked(verb: Asked['verb']): Asked {
    const { cluster } = this.parts;
    return { cluster, verb, resource: resourceOf(this.collection) };
  }
}
