import {
  apiRoutes,
  ClustersResponse,
  ServicesResponse,
} from '@meshway/plugin-meshed-service-common';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer, AddressInfo } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Aside } from '../aside';
import { CLUSTER } from '../fleet';
import { configurationOf } from './configuration';
import type { Memory } from './gauges';
import { makeRegistry } from './registry';
import type { PortalSettings } from './settings';

const LOOK_MILLISECONDS = 100;
const PATIENCE_MILLISECONDS = 300_000;

/** A portal that runs, and a user who has signed in. */
export class Portal {
  private constructor(
    readonly address: string,
    readonly token: string,
    private readonly program: Aside,
  ) {}

  static async start(
    settings: PortalSettings,
    work: string,
    node: readonly string[] = ['--expose-gc'],
  ): Promise<Portal> {
    const folder = path.join(work, settings.name);
    const repositories = path.join(folder, 'repositories');
    mkdirSync(repositories, { recursive: true });
    await makeRegistry(repositories, settings);
    const port = await freePort();
    const config = path.join(folder, 'app-config.yaml');
    // Tokens of clusters stand in it.
    writeFileSync(
      config,
      JSON.stringify(configurationOf(settings, { port, folder })),
      { mode: 0o600 },
    );
    const program = Aside.start('portal/program.ts', folder, {
      node,
      args: ['--config', config],
    });
    await program.ask('started');
    const address = `http://127.0.0.1:${port}/api`;
    const response = await fetch(`${address}/auth/guest/refresh`, {
      headers: { 'x-requested-with': 'XMLHttpRequest' },
    });
    if (!response.ok)
      throw new Error(`Nobody can sign in: ${await response.text()}`);
    const { backstageIdentity } = await response.json();
    return new Portal(address, backstageIdentity.token, program);
  }

  /** Where a status is read. */
  statusAddress(service: string): string {
    return this.of(
      apiRoutes.status({ cluster: CLUSTER, namespace: service, name: service }),
    );
  }

  get batchAddress(): string {
    return this.of(apiRoutes.statuses());
  }

  fixedAddress(name: string): string {
    return `${this.address}/bench-fixed/${name}`;
  }

  /** Answers this object at `fixedAddress`. */
  async fix(name: string, object: unknown): Promise<void> {
    await this.program.ask('fix', { name, object });
  }

  memory(): Promise<Memory> {
    return this.program.ask('memory');
  }

  longestBlock(): Promise<number> {
    return this.program.ask('longestBlock');
  }

  /** @returns the answer of an address of this portal, to the user. */
  async read<Answer>(address: string, body?: object): Promise<Answer> {
    const response = await fetch(address, {
      ...(body
        ? { method: 'POST', body: JSON.stringify(body) }
        : { method: 'GET' }),
      headers: {
        authorization: `Bearer ${this.token}`,
        'content-type': 'application/json',
      },
    });
    if (!response.ok)
      throw new Error(
        `${address}: ${response.status} ${await response.text()}`,
      );
    return (await response.json()) as Answer;
  }

  /** Waits until everything of the cluster is known. @throws when it never is. */
  async untilSynced(): Promise<void> {
    const end = performance.now() + PATIENCE_MILLISECONDS;
    for (;;) {
      const { items } = await this.read<ClustersResponse>(
        this.of(apiRoutes.clusters()),
      );
      const unknown = items
        .find(({ name }) => name === CLUSTER)
        ?.sources.filter(
          ({ freshness }) => !['current', 'notInstalled'].includes(freshness),
        );
      if (unknown?.length === 0) return;
      if (performance.now() > end)
        throw new Error(
          `The portal cannot know everything: ${JSON.stringify(unknown)}`,
        );
      await sleep(LOOK_MILLISECONDS);
    }
  }

  /** Waits until so many services have a status. */
  async untilComputed(services: number): Promise<void> {
    for (;;) {
      const fleet = await this.read<ServicesResponse>(
        `${this.of(apiRoutes.services())}?limit=1`,
      );
      if (fleet.total >= services) return;
      await sleep(LOOK_MILLISECONDS);
    }
  }

  stop(): Promise<void> {
    return this.program.stop();
  }

  private of(route: string): string {
    return `${this.address}/meshed-service${route}`;
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  await new Promise(resolve => {
    server.close(resolve);
  });
  return port;
}
