import {
  createServer,
  IncomingMessage,
  Server,
  ServerResponse,
} from 'node:http';
import { AddressInfo, Socket } from 'node:net';
import type { KubernetesObject } from '@meshway/plugin-meshed-service-common';

/** A kind that the server serves. */
type Served = { apiVersion: string; kind: string; resource: string };

const INITIAL_EVENTS_END = { 'k8s.io/initial-events-end': 'true' };

/** How a request goes wrong; `undefined`: it does not. */
export type Fault = {
  status?: number;
  headers?: Record<string, string>;
  text?: string;
  /** Nothing is answered. */
  hangs?: boolean;
  resets?: boolean;
};

type Watch = { path: string; url: URL; send: (line: string) => void };

/**
 * An API server of the test's own: lists in pages and as streams, watches with bookmarks, and every fault that a real one shows
 * only when it is broken. Versions count up over all objects, as in etcd.
 */
export class FakeApiServer {
  readonly requests: string[] = [];
  /** Streams are refused, as by servers that do not offer them. */
  offersStreams = true;
  /** Decides how each request goes wrong. */
  fault: (url: URL) => Fault | undefined = () => undefined;
  private readonly served: Served[] = [];
  private readonly objects = new Map<string, Map<string, KubernetesObject>>();
  private readonly history: Array<{
    path: string;
    version: number;
    line: string;
  }> = [];
  private readonly watches = new Set<Watch & { end: () => void }>();
  private readonly sockets = new Set<Socket>();
  private version = 100;
  private compactedAt = 0;

  private constructor(
    private readonly server: Server,
    readonly address: string,
  ) {}

  static async start(...served: Served[]): Promise<FakeApiServer> {
    const late: { fake?: FakeApiServer } = {};
    const server = createServer((request, response) =>
      late.fake?.answer(request, response),
    );
    await new Promise<void>(resolve => {
      server.listen(0, '127.0.0.1', resolve);
    });
    const { port } = server.address() as AddressInfo;
    const fake = new FakeApiServer(server, `http://127.0.0.1:${port}`);
    server.on('connection', socket => {
      fake.sockets.add(socket);
      socket.on('close', () => fake.sockets.delete(socket));
    });
    late.fake = fake;
    fake.served.push(...served);
    return fake;
  }

  /** Serves one more kind. */
  serve(served: Served): void {
    this.served.push(served);
  }

  /** Serves a kind no more. */
  unserve(resource: string): void {
    const at = this.served.findIndex(each => each.resource === resource);
    this.served.splice(at, 1);
  }

  put(...objects: KubernetesObject[]): void {
    for (const object of objects) {
      const path = this.pathOf(object);
      const key = `${object.metadata.namespace ?? ''}/${object.metadata.name}`;
      const all = this.objects.get(path) ?? new Map();
      this.objects.set(path, all);
      const type = all.has(key) ? 'MODIFIED' : 'ADDED';
      const stored = this.versioned(object);
      all.set(key, stored);
      this.tell(path, type, stored);
    }
  }

  remove(object: KubernetesObject): void {
    const path = this.pathOf(object);
    const key = `${object.metadata.namespace ?? ''}/${object.metadata.name}`;
    if (this.objects.get(path)?.delete(key))
      this.tell(path, 'DELETED', this.versioned(object));
  }

  /** Forgets what was before: watches from there are too old. */
  compact(): void {
    this.compactedAt = ++this.version;
    this.history.length = 0;
  }

  bookmark(): void {
    for (const { path, send } of this.watches)
      send(this.event('BOOKMARK', { metadata: {} }, path));
  }

  /** Sends this down every open watch. */
  say(text: string): void {
    for (const { send } of this.watches) send(text);
  }

  /** Ends every watch in an orderly way. */
  endWatches(): void {
    for (const { end } of [...this.watches]) end();
  }

  /** Breaks every connection. */
  reset(): void {
    for (const socket of this.sockets) socket.destroy();
  }

  get open(): number {
    return this.watches.size;
  }

  async close(): Promise<void> {
    this.reset();
    await new Promise(resolve => {
      this.server.close(resolve);
    });
  }

  private answer(request: IncomingMessage, response: ServerResponse): void {
    const url = new URL(request.url ?? '/', this.address);
    this.requests.push(`${url.pathname}${url.search}`);
    const fault = this.fault(url);
    if (fault?.hangs) return;
    if (fault?.resets) {
      request.socket.destroy();
      return;
    }
    if (fault?.status !== undefined) {
      response.writeHead(fault.status, fault.headers);
      response.end(fault.text ?? status(fault.status, 'Fault'));
      return;
    }
    if (url.pathname === '/readyz') {
      response.end('ok');
      return;
    }
    if (this.discover(url, response)) return;
    if (!this.served.some(each => url.pathname === pathOfKind(each))) {
      response.writeHead(404, { 'content-type': 'text/plain' });
      response.end('404 page not found\n');
    } else if (url.searchParams.has('watch')) this.watch(url, response);
    else this.list(url, response);
  }

  private discover({ pathname }: URL, response: ServerResponse): boolean {
    const kinds = this.served.filter(
      each => groupPathOf(each.apiVersion) === pathname,
    );
    if (kinds.length === 0) return false;
    response.end(
      JSON.stringify({
        kind: 'APIResourceList',
        resources: kinds.map(({ kind, resource }) => ({
          name: resource,
          kind,
          namespaced: true,
          verbs: ['list', 'watch'],
        })),
      }),
    );
    return true;
  }

  private list(url: URL, response: ServerResponse): void {
    const all = this.selected(url);
    const limit = Number(url.searchParams.get('limit') ?? all.length);
    const [version, from] = (
      url.searchParams.get('continue') ?? `${this.version}:0`
    )
      .split(':')
      .map(Number);
    if (version < this.compactedAt) {
      response.writeHead(410);
      response.end(status(410, 'Expired'));
      return;
    }
    const rest = from + limit < all.length;
    response.end(
      JSON.stringify({
        kind: 'List',
        metadata: {
          resourceVersion: String(version),
          ...(rest ? { continue: `${version}:${from + limit}` } : {}),
        },
        items: all
          .slice(from, from + limit)
          .map(({ apiVersion: _, kind: __, ...item }) => item),
      }),
    );
  }

  private watch(url: URL, response: ServerResponse): void {
    const query = url.searchParams;
    if (query.has('sendInitialEvents') && !this.offersStreams) {
      response.writeHead(422);
      response.end(status(422, 'Invalid'));
      return;
    }
    const from = Number(query.get('resourceVersion') ?? this.version);
    response.writeHead(200, { 'content-type': 'application/json' });
    const send = (line: string) => response.write(line);
    if (from < this.compactedAt) {
      response.end(`{"type":"ERROR","object":${status(410, 'Expired')}}\n`);
      return;
    }
    if (query.has('sendInitialEvents')) {
      for (const object of this.selected(url))
        send(`${JSON.stringify({ type: 'ADDED', object })}\n`);
      send(
        this.event(
          'BOOKMARK',
          { metadata: { annotations: INITIAL_EVENTS_END } },
          url.pathname,
        ),
      );
    } else {
      for (const { path, version, line } of this.history)
        if (path === url.pathname && version > from) send(line);
    }
    response.flushHeaders();
    const watch = {
      path: url.pathname,
      url,
      send,
      end: () => {
        this.watches.delete(watch);
        response.end();
      },
    };
    this.watches.add(watch);
    response.on('close', () => this.watches.delete(watch));
  }

  private selected({ pathname, searchParams }: URL): KubernetesObject[] {
    const name = searchParams
      .get('fieldSelector')
      ?.replace(/^metadata\.name=/, '');
    return [...(this.objects.get(pathname)?.values() ?? [])].filter(
      ({ metadata }) => name === undefined || metadata.name === name,
    );
  }

  private versioned(object: KubernetesObject): KubernetesObject {
    this.version += 1;
    const { metadata } = object;
    return {
      ...object,
      metadata: {
        uid: `uid-${this.version}`,
        generation: this.version,
        ...metadata,
        resourceVersion: String(this.version),
      },
    };
  }

  private tell(path: string, type: string, object: KubernetesObject): void {
    const line = `${JSON.stringify({ type, object })}\n`;
    this.history.push({ path, version: this.version, line });
    for (const watch of this.watches) if (watch.path === path) watch.send(line);
  }

  private event(type: string, object: object, path: string): string {
    const metadata = { ...Object(Object(object).metadata) };
    metadata.resourceVersion = String(this.version);
    return `${JSON.stringify({
      type,
      object: { ...object, metadata, path },
    })}\n`;
  }

  private pathOf({ apiVersion, kind }: KubernetesObject): string {
    const served = this.served.find(
      each => each.apiVersion === apiVersion && each.kind === kind,
    );
    if (!served) throw new Error(`${apiVersion} ${kind} is not served`);
    return pathOfKind(served);
  }
}

function groupPathOf(apiVersion: string): string {
  return apiVersion.includes('/')
    ? `/apis/${apiVersion}`
    : `/api/${apiVersion}`;
}

function pathOfKind({ apiVersion, resource }: Served): string {
  return `${groupPathOf(apiVersion)}/${resource}`;
}

function status(code: number, reason: string): string {
  return JSON.stringify({ kind: 'Status', status: 'Failure', code, reason });
}
