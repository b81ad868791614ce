import { createServer, IncomingMessage, RequestListener } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { AddressInfo, Socket } from 'node:net';
import type { Clock } from '../Clock';

/** What the server does with one request. */
export type ScriptedAnswer =
  | {
      status: number;
      body?: unknown;
      /** Sent as it is, instead of `body`. */
      text?: string;
      headers?: Record<string, string>;
    }
  | 'hang'
  | 'reset';

export type SeenRequest = {
  line: string;
  headers: IncomingMessage['headers'];
  body: string;
};

/** A server of the test's own, for answers that a real one gives only when it is broken. */
export class ScriptedServer {
  readonly seen: SeenRequest[] = [];
  private readonly script: ScriptedAnswer[] = [];
  private answers: (request: SeenRequest) => ScriptedAnswer = () => ({
    status: 404,
    text: '404 page not found\n',
  });
  private readonly standing = new Map<string, ScriptedAnswer>();
  private readonly sockets = new Set<Socket>();

  private constructor(
    readonly address: string,
    private readonly stop: () => void,
  ) {}

  static async start(tls?: {
    key: string;
    cert: string;
  }): Promise<ScriptedServer> {
    const late: { server?: ScriptedServer } = {};
    const listener: RequestListener = (request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', chunk => chunks.push(chunk));
      request.on('end', () => {
        const answer = late.server?.next({
          line: `${request.method} ${request.url}`,
          headers: request.headers,
          body: Buffer.concat(chunks).toString(),
        });
        if (answer === 'reset') request.socket.destroy();
        if (!answer || answer === 'hang' || answer === 'reset') return;
        response.writeHead(answer.status, {
          'content-type': 'application/json',
          ...answer.headers,
        });
        response.end(answer.text ?? JSON.stringify(answer.body ?? {}));
      });
    };
    const server = tls
      ? createTlsServer(tls, listener)
      : createServer(listener);
    await new Promise<void>(resolve =>
      server.listen(0, '127.0.0.1', () => resolve()),
    );
    const { port } = server.address() as AddressInfo;
    const scripted = new ScriptedServer(
      `${tls ? 'https' : 'http'}://127.0.0.1:${port}`,
      () => server.close(),
    );
    server.on('connection', socket => scripted.sockets.add(socket));
    late.server = scripted;
    return scripted;
  }

  /** Standing answers first, then the scripted ones, in order, then `otherwise`. */
  next(request: SeenRequest): ScriptedAnswer {
    const standing = this.standing.get(request.line);
    if (standing) return standing;
    this.seen.push(request);
    return this.script.shift() ?? this.answers(request);
  }

  /** Requests for this are answered so, and are not written down. */
  always(line: string, answer: ScriptedAnswer): this {
    this.standing.set(line, answer);
    return this;
  }

  /** Requests for this are answered as all others again. */
  notAlways(line: string): this {
    this.standing.delete(line);
    return this;
  }

  will(...answers: ScriptedAnswer[]): this {
    this.script.push(...answers);
    return this;
  }

  otherwise(answers: (request: SeenRequest) => ScriptedAnswer): this {
    this.answers = answers;
    return this;
  }

  close(): void {
    this.stop();
    this.sockets.forEach(socket => socket.destroy());
  }
}

/** A clock that stands still, and remembers for how long somebody wanted to wait. */
export function aClock(chance = 0.5): Clock & { pauses: number[] } {
  const pauses: number[] = [];
  let now = Date.parse('2026-11-21T12:00:00Z');
  return {
    pauses,
    now: () => now,
    random: () => chance,
    async sleep(milliseconds, signal) {
      signal?.throwIfAborted();
      pauses.push(milliseconds);
      now += milliseconds;
    },
  };
}

/** @returns name and text of what was thrown. */
export async function refusal(attempt: Promise<unknown>): Promise<string> {
  try {
    await attempt;
  } catch (error) {
    return error instanceof Error
      ? `${error.constructor.name}: ${error.message}`
      : String(error);
  }
  return 'nothing was thrown';
}
