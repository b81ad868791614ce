import { Aside } from '../aside';
import type { RealCluster } from '../cluster';
import { atLeast, Figure, missing, told } from '../Figure';
import { installPeer } from '../peer';
import type { Portal } from '../portal';
import { median, ReadingTimes, share } from '../reading';
import type { Bench } from './Bench';

const SERVICES = 50;
const NAME = '@backstage/plugin-kubernetes-backend';

type PeerTimes = { times: number[]; objects: number };

/** The same service for one card: our verdict through our whole route, its objects by its handler in process. */
export async function peer(
  { settings, say, folder, atEnd }: Bench,
  { fleet, kubernetes }: RealCluster,
  portal: Portal,
): Promise<Figure[]> {
  const row = 'peer';
  say(`… ${NAME}`);
  let installed: string;
  try {
    installed = await installPeer();
  } catch (error) {
    const because = error instanceof Error ? error.message : String(error);
    return [missing(row, NAME, because.split('\n')[0])];
  }
  const other = Aside.start('peer/program.ts', folder);
  const reader = Aside.start('reading/program.ts', folder);
  atEnd(() => Promise.all([other.stop(), reader.stop()]));
  await other.ask('prepare', { folder: installed, kubernetes });
  const services = fleet.names().slice(0, SERVICES);
  const reads = Math.min(200, settings.reads);
  const ask = (namespaced: boolean, count = reads) =>
    other.ask<PeerTimes>('read', { services, namespaced, reads: count });
  const target = {
    name: 'ours',
    token: portal.token,
    requests: services.map(name => ({ address: portal.statusAddress(name) })),
  };
  const readOurs = (warmUp: number) =>
    reader.ask<ReadingTimes>('readAll', {
      targets: [target],
      rounds: 1,
      reads,
      warmUp,
    });
  await ask(true, 20);
  await ask(false, 20);
  await readOurs(reads);

  const rounds: Record<'ours' | 'namespaced' | 'everywhere', number>[] = [];
  let objects = 0;
  for (let round = 0; round < settings.rounds; round++) {
    const namespaced = await ask(true);
    const { ours } = await readOurs(0);
    const everywhere = await ask(false);
    objects = namespaced.objects;
    rounds.push({
      ours: share(ours[0], 0.5),
      namespaced: share(namespaced.times, 0.5),
      everywhere: share(everywhere.times, 0.5),
    });
  }
  await other.stop();
  await reader.stop();
  const p50 = (name: keyof (typeof rounds)[number]) =>
    median(rounds.map(round => round[name]));
  const faster = (name: 'namespaced' | 'everywhere') =>
    median(rounds.map(round => round[name] / round.ours));
  return [
    told({ row, what: 'our status of a service: p50' }, p50('ours'), 'ms'),
    told(
      { row, what: `${NAME}, ${objects} objects, namespaced: p50` },
      p50('namespaced'),
      'ms',
    ),
    told(
      { row, what: `${NAME}, without a namespace: p50` },
      p50('everywhere'),
      'ms',
    ),
    atLeast({ row, what: 'faster, namespaced' }, faster('namespaced'), 10, '×'),
    atLeast(
      { row, what: 'faster, without a namespace' },
      faster('everywhere'),
      20,
      '×',
    ),
  ];
}
