import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import {
  createServer,
  IncomingMessage,
  Server,
  ServerResponse,
} from 'node:http';
import { AddressInfo } from 'node:net';
import { Agent, request as send } from 'undici';

/** How a request can go wrong. */
export const faultKinds = [
  'resetBefore',
  'resetAfter',
  '429',
  '500',
  '503',
  'hang',
] as const;
export type FaultKind = (typeof faultKinds)[number];

export type Fault = {
  kind: FaultKind;
  /** The k-th request of the run, counted over all systems, from 1. */
  at: number;
  /** Whether its repetitions go wrong, too. */
  withRetries: boolean;
};

/** A request as it came by. */
export type SeenRequest = {
  /** What is asked; over the wire when absent. */
  system?: 'forge';
  method: string;
  path: string;
  body: string;
};

/**
 * What happens to the requests of a run, over all proxies: they are counted, recorded, and one of them goes wrong.
 * A repetition is known by being the same request: method, path and body.
 */
export class FaultRun {
  readonly requests: SeenRequest[] = [];
  /** How often the fault struck. */
  struck = 0;
  /** Whether it struck the forge, which is asked once: whoever asked repeats the whole. */
  struckForge = false;
  /** Requests that were let through, and that the caller gave up on before they were answered: the machine was too slow. */
  givenUp = 0;
  private target: string | undefined;

  constructor(private readonly fault?: Fault) {}

  /** @returns how this request goes wrong, or undefined when it does not. */
  judge(request: SeenRequest): FaultKind | undefined {
    this.requests.push(request);
    if (!this.fault) return undefined;
    const print = fingerprint(request);
    const isTarget = this.requests.length === this.fault.at;
    if (isTarget) this.target = print;
    const isRetry = this.fault.withRetries && print === this.target;
    if (!isTarget && !isRetry) return undefined;
    this.struck += 1;
    if (request.system === 'forge') this.struckForge = true;
    return this.fault.kind;
  }

  /** Requests that change something. */
  get writes(): SeenRequest[] {
    return this.requests.filter(isWrite);
  }
}

function fingerprint({ method, path, body }: SeenRequest): string {
  return createHash('sha256')
    .update(`${method}\n${path}\n${body}`)
    .digest('hex');
}

/** Whether a request changes something: questions by POST and dry runs do not. */
export function isWrite({ method, path }: SeenRequest): boolean {
  return (
    method !== 'GET' &&
    !path.includes('dryRun=All') &&
    !path.includes('selfsubjectaccessreviews') &&
    !path.includes('selfsubjectrulesreviews') &&
    !path.includes('capabilities-self')
  );
}

/** @returns connections to a system, for one proxy or several. */
export function connectionsTo(caFile?: string): Agent {
  const ca = caFile === undefined ? undefined : readFileSync(caFile, 'utf8');
  return new Agent({ connect: ca === undefined ? {} : { ca } });
}

/** Stands between us and a system, ends its TLS, and lets requests through, or not. */
export class FaultProxy {
  /** What happens to the requests from now on. */
  run = new FaultRun();
  /** What somebody else does right before a request arrives. */
  meddle: (request: SeenRequest) => Promise<void> = async () => undefined;

  private constructor(
    private readonly server: Server,
    readonly url: string,
    private readonly upstream: Agent,
  ) {}

  /** A proxy before a system, with connections of its own. */
  static async before(target: string, caFile?: string): Promise<FaultProxy> {
    return FaultProxy.through(connectionsTo(caFile), target);
  }

  /** A proxy that shares its connections to the system with others: making it costs next to nothing. */
  static async through(upstream: Agent, target: string): Promise<FaultProxy> {
    const holder: { proxy?: FaultProxy } = {};
    const server = createServer((incoming, outgoing) => {
      const { proxy } = holder;
      if (!proxy) return;
      proxy.pass(target, incoming, outgoing).catch(() => {
        // The caller gave up before all of it had arrived, or the system broke the line.
        proxy.run.givenUp += 1;
        outgoing.destroy();
      });
    });
    await new Promise<void>(resolve => {
      server.listen(0, '127.0.0.1', resolve);
    });
    const { port } = server.address() as AddressInfo;
    holder.proxy = new FaultProxy(server, `http://127.0.0.1:${port}`, upstream);
    return holder.proxy;
  }

  /** Ends it; connections that are shared stay with whoever made them. */
  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise(resolve => {
      this.server.close(resolve);
    });
  }

  private async pass(
    target: string,
    incoming: IncomingMessage,
    outgoing: ServerResponse,
  ): Promise<void> {
    const { run } = this;
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk);
    const body = Buffer.concat(chunks);
    const { method = 'GET', url = '/' } = incoming;
    const request = { method, path: url, body: body.toString() };
    await this.meddle(request);
    const fault = run.judge(request);
    // Nothing is answered: the caller has to give up by itself.
    if (fault === 'hang') return;
    if (fault === 'resetBefore') {
      incoming.socket.destroy();
      return;
    }
    if (fault && fault !== 'resetAfter') {
      refuse(outgoing, Number(fault));
      return;
    }
    if (!fault)
      outgoing.once('close', () => {
        if (!outgoing.writableFinished) run.givenUp += 1;
      });
    const { host: _, connection: __, ...headers } = incoming.headers;
    const answer = await send(new URL(url, target), {
      method: method as 'GET',
      headers,
      body: body.length > 0 ? body : undefined,
      dispatcher: this.upstream,
    });
    const text = Buffer.from(await answer.body.arrayBuffer());
    if (fault === 'resetAfter') {
      incoming.socket.destroy();
      return;
    }
    const { 'transfer-encoding': ___, ...rest } = answer.headers;
    outgoing.writeHead(answer.statusCode, {
      ...rest,
      'content-length': text.length,
    });
    outgoing.end(text);
  }
}

/** As an API server and a Vault say it: each finds its own words in there. */
function refuse(outgoing: ServerResponse, status: number): void {
  const message = 'The fault proxy refuses this request';
  outgoing.writeHead(status, {
    'content-type': 'application/json',
    ...(status === 429 ? { 'retry-after': '0' } : {}),
  });
  outgoing.end(
    JSON.stringify({
      apiVersion: 'v1',
      kind: 'Status',
      status: 'Failure',
      code: status,
      message,
      errors: [message],
    }),
  );
}
