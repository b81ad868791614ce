import { setImmediate as nextTurn } from 'node:timers/promises';
import type { StreamedAnswer } from '../../http';
import type { Feed, FeedQuestion } from './Feed';

/** Objects of one kind, made when they are asked for. @public */
export type ReplayedKind = {
  apiVersion: string;
  kind: string;
  resource: string;
  count: number;
  /** @returns an object as JSON, its resourceVersion included. */
  at(index: number): string;
};

/** As much as a connection hands over at once. */
const CHUNK = 64 * 1024;
const VERSION = '1000000';
const BEGIN = `"kind":"List","metadata":{"resourceVersion":"${VERSION}"`;

/**
 * A cluster that is only told of, byte by byte as an API server tells of one: for benches, which measure what reading costs us
 * and not what serving costs a server.
 *
 * @public
 */
export class ReplayedCluster implements Feed {
  private readonly watches = new Set<{ path: string; lines: Lines }>();

  /** @param offersStreams - whether lists come as streams; in pages otherwise. */
  constructor(
    private readonly kinds: readonly ReplayedKind[],
    private readonly offersStreams = true,
  ) {}

  /** Tells whoever watches the kind. */
  tell(
    type: 'ADDED' | 'MODIFIED' | 'DELETED',
    kind: ReplayedKind,
    object: string,
  ): void {
    for (const { path, lines } of this.watches)
      if (path === pathOf(kind)) lines.say(eventOf(type, object));
  }

  async open({ path, query, signal }: FeedQuestion): Promise<StreamedAnswer> {
    signal.throwIfAborted();
    await nextTurn();
    if (path === '/readyz') return answer(200, textOf('ok'));
    const kind = this.kinds.find(each => pathOf(each) === path);
    if (!kind) return this.discover(path);
    if (!query?.watch) return answer(200, pageOf(kind, query ?? {}));
    if (query.sendInitialEvents && !this.offersStreams)
      return answer(422, textOf('{"kind":"Status"}'));
    const watch = { path, lines: new Lines(signal) };
    this.watches.add(watch);
    signal.addEventListener('abort', () => this.watches.delete(watch));
    const first = query.sendInitialEvents ? initialEvents(kind) : [];
    return answer(200, joined(first, watch.lines));
  }

  renew(): void {}

  async close(): Promise<void> {}

  private discover(path: string): StreamedAnswer {
    const resources = this.kinds
      .filter(each => pathOf(each) === `${path}/${each.resource}`)
      .map(({ kind, resource }) => ({ name: resource, kind, verbs: [] }));
    return resources.length === 0
      ? answer(404, textOf('404 page not found\n'))
      : answer(200, textOf(JSON.stringify({ resources })));
  }
}

/** Lines that are said one after the other, until the signal. */
class Lines implements AsyncIterable<Uint8Array> {
  private readonly said: string[] = [];
  private wake: () => void = () => undefined;

  constructor(private readonly signal: AbortSignal) {
    signal.addEventListener('abort', () => this.wake());
  }

  say(line: string): void {
    this.said.push(line);
    this.wake();
  }

  async *[Symbol.asyncIterator]() {
    for (;;) {
      this.signal.throwIfAborted();
      if (this.said.length > 0) {
        yield Buffer.from(this.said.splice(0).join(''));
      } else {
        await new Promise<void>(resolve => {
          this.wake = resolve;
        });
      }
    }
  }
}

function answer(
  status: number,
  body: AsyncIterable<Uint8Array>,
): StreamedAnswer {
  return { status, headers: {}, body };
}

async function* textOf(text: string) {
  yield Buffer.from(text);
}

async function* joined(
  first: Iterable<string>,
  rest: AsyncIterable<Uint8Array>,
) {
  yield* inChunks(first);
  yield* rest;
}

/** Hands out what a connection would, with a turn for others in between. */
async function* inChunks(pieces: Iterable<string>) {
  let chunk = '';
  for (const piece of pieces) {
    chunk += piece;
    if (chunk.length < CHUNK) continue;
    yield Buffer.from(chunk);
    chunk = '';
    await nextTurn();
  }
  if (chunk !== '') yield Buffer.from(chunk);
}

function* initialEvents(kind: ReplayedKind) {
  for (let index = 0; index < kind.count; index++)
    yield eventOf('ADDED', kind.at(index));
  yield eventOf(
    'BOOKMARK',
    `{"metadata":{"resourceVersion":"${VERSION}","annotations":{"k8s.io/initial-events-end":"true"}}}`,
  );
}

function pageOf(
  kind: ReplayedKind,
  query: Record<string, string | undefined>,
): AsyncIterable<Uint8Array> {
  const from = Number(query.continue ?? 0);
  const end = Math.min(kind.count, from + Number(query.limit ?? kind.count));
  const rest = end < kind.count ? `,"continue":"${end}"` : '';
  return inChunks(
    (function* page() {
      yield `{${BEGIN}${rest}},"items":[`;
      for (let index = from; index < end; index++)
        yield `${index === from ? '' : ','}${kind.at(index)}`;
      yield ']}';
    })(),
  );
}

function eventOf(type: string, object: string): string {
  return `{"type":"${type}","object":${object}}\n`;
}

function pathOf({ apiVersion, resource }: ReplayedKind): string {
  const root = apiVersion.includes('/') ? 'apis' : 'api';
  return `/${root}/${apiVersion}/${resource}`;
}
