import { Aside } from '../aside';
import { FleetSize, Fleet } from '../fleet';
import { Portal } from '../portal';
import { WATCHES } from '../replay';
import type { Bench } from './Bench';

/** Of these the statuses are read; their repositories are there, with a stamp. */
const MOST_READ = 200;

/** A portal that watches a replayed fleet. */
export type ReplayedPortal = {
  portal: Portal;
  /** The services that are read. */
  read: string[];
  objects: number;
};

/** A server of fleets, and portals that watch them. */
export class Replay {
  private constructor(private readonly bench: Bench, readonly server: Aside) {}

  static start(bench: Bench): Replay {
    const server = Aside.start('replay/program.ts', bench.folder);
    bench.atEnd(() => server.stop());
    return new Replay(bench, server);
  }

  /** @returns the address of an API server that has this fleet, and how many objects that is. */
  serve(size: FleetSize): Promise<{ address: string; objects: number }> {
    return this.server.ask('start', size);
  }

  /**
   * @returns how often each server was asked since the last look, but for what happens by itself: whether it is ready, and
   *   watches that go on.
   */
  async counted(): Promise<number[]> {
    const all = await this.server.ask<Record<string, number>[]>('counted');
    return all.map(counted =>
      Object.entries(counted)
        .filter(([path]) => path !== '/readyz' && path !== WATCHES)
        .reduce((sum, [, count]) => sum + count, 0),
    );
  }

  /** @returns a portal that knows the whole fleet, with a claim and a status for each service. */
  async portal(name: string, size: FleetSize): Promise<ReplayedPortal> {
    const { folder, say, atEnd } = this.bench;
    const { address, objects } = await this.serve(size);
    say(`… ${name}: ${size.services} services, ${objects} objects`);
    const services = new Fleet(size).names();
    const read = services.filter(
      (_, index) =>
        index % Math.max(1, Math.floor(size.services / MOST_READ)) === 0,
    );
    const portal = await Portal.start(
      {
        name,
        cluster: { url: address, serviceAccountToken: 'bench' },
        claimed: services,
        stamped: read,
      },
      folder,
    );
    atEnd(() => portal.stop());
    await portal.untilSynced();
    await portal.untilComputed(size.services);
    return { portal, read, objects };
  }
}
