import { once } from 'node:events';
import {
  createServer,
  IncomingMessage,
  Server,
  ServerResponse,
} from 'node:http';
import { AddressInfo } from 'node:net';
import type { Fleet } from '../fleet';
import {
  definitions,
  definitionsOf,
  resourceList,
  rootOf,
  ServedResource,
  servedBy,
} from './served';

/** Of the whole cluster, behind every object. */
const VERSION = '10000000';
const BOOKMARK_MILLISECONDS = 60_000;

type Listed = { kind: string; texts: () => Iterable<string> };

/** Watches that go on from where the last one has ended, as each does every few minutes. */
export const WATCHES = 'watches';

/** Answers what a reflector asks, and counts it. */
export class ReplayServer {
  /** Requests since the last look, by path without query; watches that go on by themselves, and `/readyz`. */
  private counted = new Map<string, number>();
  private readonly served: ServedResource[];

  private constructor(
    private readonly fleet: Fleet,
    private readonly server: Server,
  ) {
    this.served = servedBy(fleet);
    server.on('request', (request, response) => {
      this.answer(request, response).catch(() => response.destroy());
    });
  }

  static async start(fleet: Fleet): Promise<ReplayServer> {
    const server = createServer({ keepAliveTimeout: 600_000 });
    const made = new ReplayServer(fleet, server);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return made;
  }

  get address(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** @returns what was asked since the last look, by path. */
  takeCounted(): Record<string, number> {
    const counted = Object.fromEntries(this.counted);
    this.counted = new Map();
    return counted;
  }

  private async answer(request: IncomingMessage, response: ServerResponse) {
    const url = new URL(request.url ?? '/', this.address);
    const { pathname, searchParams: query } = url;
    const goesOn = query.has('watch') && query.has('resourceVersion');
    const asked = goesOn ? WATCHES : pathname;
    this.counted.set(asked, (this.counted.get(asked) ?? 0) + 1);
    if (pathname === '/readyz') {
      response.end('ok');
      return;
    }
    const apiVersion = this.apiVersionAt(pathname);
    if (apiVersion !== undefined) {
      answerJson(response, resourceList(this.served, apiVersion));
      return;
    }
    const listed = this.listedAt(pathname, request);
    if (!listed) {
      response.writeHead(404, { 'content-type': 'text/plain' });
      response.end('404 page not found\n');
    } else if (query.has('watch')) await watch(response, listed, query);
    else await list(response, listed, query);
  }

  private apiVersionAt(pathname: string): string | undefined {
    return this.served.find(({ apiVersion }) => rootOf(apiVersion) === pathname)
      ?.apiVersion;
  }

  private listedAt(
    pathname: string,
    { headers }: IncomingMessage,
  ): Listed | undefined {
    const served = this.served.find(
      ({ apiVersion, resource }) =>
        pathname.startsWith(`${rootOf(apiVersion)}/`) &&
        pathname.endsWith(`/${resource}`),
    );
    if (!served) return undefined;
    const { group, kind } = served;
    if (kind === definitions.kind) {
      const found = definitionsOf(this.served);
      return { kind, texts: () => found.map(each => JSON.stringify(each)) };
    }
    const [, namespace] = /\/namespaces\/([^/]+)\//.exec(pathname) ?? [];
    const all = () => standingIn(namespace, this.fleet.textsOf(group, kind));
    return headers.accept?.includes('as=PartialObjectMetadata')
      ? { kind: 'PartialObjectMetadata', texts: () => metadataOf(all()) }
      : { kind, texts: all };
  }
}

/** Of few kinds a single namespace is asked for: Argo CD's, and the control plane's, where nothing stands. */
function* standingIn(
  namespace: string | undefined,
  texts: Iterable<string>,
): Generator<string> {
  for (const text of texts)
    if (!namespace || text.includes(`"namespace":"${namespace}"`)) yield text;
}

function* metadataOf(texts: Iterable<string>): Generator<string> {
  for (const text of texts) {
    const { metadata } = JSON.parse(text);
    yield JSON.stringify({
      apiVersion: 'meta.k8s.io/v1',
      kind: 'PartialObjectMetadata',
      metadata,
    });
  }
}

async function list(
  response: ServerResponse,
  { kind, texts }: Listed,
  query: URLSearchParams,
) {
  const limit = Number(query.get('limit') ?? Infinity);
  const from = Number(query.get('continue') ?? 0);
  const page: string[] = [];
  let at = 0;
  let more = false;
  for (const text of texts()) {
    if (page.length === limit) more = true;
    if (more) break;
    if (at >= from) page.push(text);
    at += 1;
  }
  const metadata = {
    resourceVersion: VERSION,
    ...(more ? { continue: String(at) } : {}),
  };
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(
    `{"kind":"${kind}List","apiVersion":"v1","metadata":${JSON.stringify(
      metadata,
    )},"items":[${page.join(',')}]}`,
  );
}

async function watch(
  response: ServerResponse,
  { kind, texts }: Listed,
  query: URLSearchParams,
) {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.flushHeaders();
  const bookmark = (annotations?: Record<string, string>) =>
    `${JSON.stringify({
      type: 'BOOKMARK',
      object: { kind, metadata: { resourceVersion: VERSION, annotations } },
    })}\n`;
  if (query.has('sendInitialEvents')) {
    for (const text of texts()) {
      if (response.destroyed) return;
      if (!response.write(`{"type":"ADDED","object":${text}}\n`))
        await Promise.race([once(response, 'drain'), once(response, 'close')]);
    }
    response.write(bookmark({ 'k8s.io/initial-events-end': 'true' }));
  }
  const beat = setInterval(
    () => response.write(bookmark()),
    BOOKMARK_MILLISECONDS,
  );
  const seconds = Number(query.get('timeoutSeconds') ?? 300);
  const end = setTimeout(() => response.end(), seconds * 1000);
  response.once('close', () => {
    clearInterval(beat);
    clearTimeout(end);
  });
}

function answerJson(response: ServerResponse, value: object) {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(JSON.stringify(value));
}
