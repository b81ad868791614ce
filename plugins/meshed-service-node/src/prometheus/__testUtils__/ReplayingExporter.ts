import { rmSync, writeFileSync } from 'node:fs';
import { createServer, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import { join } from 'node:path';

/** A proxy to replay: what its `/metrics` says, or undefined where it refuses. */
export type Replayed = {
  labels: Record<string, string>;
  text: () => string | undefined;
};

/** Says what real proxies once said, to a real Prometheus that scrapes it. */
export class ReplayingExporter {
  private proxies: Replayed[] = [];
  private readonly reads = new Map<Replayed, number>();

  private constructor(
    private readonly server: Server,
    private readonly file: string,
  ) {}

  /** @param targets - folder from which the Prometheus takes what it scrapes. */
  static async start(
    targets: string,
    name: string,
  ): Promise<ReplayingExporter> {
    const late: { exporter?: ReplayingExporter } = {};
    const server = createServer((request, response) => {
      const text = late.exporter?.read(Number(request.url?.slice(1)));
      response.writeHead(text === undefined ? 403 : 200, {
        'content-type': 'text/plain; version=0.0.4',
      });
      response.end(text);
    });
    await new Promise<void>(resolve =>
      server.listen(0, '127.0.0.1', () => resolve()),
    );
    late.exporter = new ReplayingExporter(
      server,
      join(targets, `${name}.json`),
    );
    return late.exporter;
  }

  /** Has the Prometheus scrape these, and nothing else of ours. */
  replay(proxies: Replayed[]): void {
    this.proxies = proxies;
    const { port } = this.server.address() as AddressInfo;
    const groups = proxies.map(({ labels }, index) => ({
      targets: [`127.0.0.1:${port}`],
      labels: {
        ...{ __metrics_path__: `/${index}`, control_plane_ns: 'linkerd' },
        ...labels,
      },
    }));
    writeFileSync(this.file, JSON.stringify(groups));
  }

  /** Waits until each proxy was scraped so often. */
  async scraped(times: number): Promise<void> {
    const isDone = () =>
      this.proxies.every(each => (this.reads.get(each) ?? 0) >= times);
    while (!isDone()) await new Promise(done => setTimeout(done, 100));
  }

  async close(): Promise<void> {
    rmSync(this.file, { force: true });
    this.server.closeAllConnections();
    await new Promise(done => this.server.close(done));
  }

  private read(index: number): string | undefined {
    const proxy = this.proxies[index];
    if (!proxy) return undefined;
    this.reads.set(proxy, (this.reads.get(proxy) ?? 0) + 1);
    return proxy.text();
  }
}
