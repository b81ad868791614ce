import { Aside } from '../aside';
import { atMost, Figure, told } from '../Figure';
import { Portal } from '../portal';
import type { Watched } from '../watching';
import type { Bench } from './Bench';
import { Replay } from './replayed';

/** What it takes to hold so many injected pods, and everything around them. */
export async function memory(bench: Bench): Promise<Figure[]> {
  const { settings, say, folder, atEnd } = bench;
  const { pods } = settings;
  const replay = Replay.start(bench);
  const size = { services: Math.ceil(pods / 10), pods };
  const { address } = await replay.serve(size);
  const few = await replay.serve({ services: 1, pods: 1 });

  const watch = async (podsOnly: boolean) => {
    const program = Aside.start('watching/program.ts', folder, {
      node: ['--expose-gc'],
    });
    atEnd(() => program.stop());
    const watched = await program.ask<Watched>('watch', {
      access: { kind: 'address', url: address },
      warmUp: { kind: 'address', url: few.address },
      podsOnly,
    });
    await program.stop();
    return watched;
  };
  say(`… holding ${pods} pods`);
  const alone = await watch(true);
  say(`… holding everything around ${pods} pods`);
  const all = await watch(false);

  const held = async (name: string, cluster?: Record<string, unknown>) => {
    const portal = await Portal.start(
      { name, cluster, claimed: [], stamped: [] },
      folder,
    );
    atEnd(() => portal.stop());
    if (cluster) {
      await portal.untilSynced();
      await portal.untilComputed(size.services);
    }
    const memoryNow = await portal.memory();
    await portal.stop();
    return memoryNow;
  };
  say('… an idle portal, and one that watches');
  const idle = await held('portal-idle');
  const watching = await held('portal-watching', {
    url: address,
    serviceAccountToken: 'bench',
  });

  const row = 'memory';
  const heapOf = ({ before, after }: Watched) => after.heapMiB - before.heapMiB;
  return [
    atMost(
      { row, what: `heap of an index of ${pods} injected pods` },
      heapOf(alone),
      10,
      'MiB',
    ),
    told(
      { row, what: `heap of all kinds together (${all.objects} objects)` },
      heapOf(all),
      'MiB',
    ),
    told({ row, what: 'resident, idle portal' }, idle.residentMiB, 'MiB'),
    atMost(
      {
        row,
        what: 'peak of a portal that watches them, over the idle one',
        note: `${size.services} services with statuses`,
      },
      watching.peakMiB - idle.residentMiB,
      300,
      'MiB',
    ),
    told(
      { row, what: 'heap of that portal, over the idle one' },
      watching.heapMiB - idle.heapMiB,
      'MiB',
    ),
  ];
}
