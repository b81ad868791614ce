import { AddressInfo, connect, createServer, Server, Socket } from 'node:net';

/** Stands between us and an API server, and knows nothing of what passes: lines are cut, or fall silent. */
export class LineProxy {
  private readonly lines = new Set<{ near: Socket; far: Socket }>();
  private silent = false;

  private constructor(private readonly server: Server, readonly url: string) {}

  static async before(target: string): Promise<LineProxy> {
    const { hostname, port } = new URL(target);
    const late: { proxy?: LineProxy } = {};
    const server = createServer(near =>
      late.proxy?.join(near, connect(Number(port), hostname)),
    );
    await new Promise<void>(resolve => {
      server.listen(0, '127.0.0.1', resolve);
    });
    const own = (server.address() as AddressInfo).port;
    late.proxy = new LineProxy(server, `https://127.0.0.1:${own}`);
    return late.proxy;
  }

  /** How many connections there are. */
  get open(): number {
    return this.lines.size;
  }

  /** Breaks every connection, as a crash of whatever stands between does. */
  cut(): void {
    for (const { near, far } of [...this.lines]) {
      near.resetAndDestroy();
      far.destroy();
    }
  }

  /** Loses every byte from now on, and tells nobody; connections that were open stay so, and are of no use ever after. */
  fallSilent(): void {
    this.silent = true;
    for (const { near, far } of this.lines) {
      near.unpipe();
      far.unpipe();
      near.resume();
      far.resume();
    }
  }

  /** Connections that are made from now on work. */
  speak(): void {
    this.silent = false;
  }

  async close(): Promise<void> {
    this.cut();
    await new Promise(resolve => {
      this.server.close(resolve);
    });
  }

  private join(near: Socket, far: Socket): void {
    const line = { near, far };
    this.lines.add(line);
    const end = () => {
      this.lines.delete(line);
      near.destroy();
      far.destroy();
    };
    for (const socket of [near, far]) socket.on('error', end).on('close', end);
    if (this.silent) {
      near.resume();
      far.resume();
    } else {
      near.pipe(far).pipe(near);
    }
  }
}
