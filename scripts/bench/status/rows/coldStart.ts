import { Aside } from '../aside';
import { atMost, Figure, told } from '../Figure';
import { median } from '../reading';
import type { RealCluster } from '../cluster';
import type { Watched } from '../watching';
import type { Bench } from './Bench';

/** From nothing to everything known, on a real API server. */
export async function coldStart(
  { settings, say, folder, atEnd }: Bench,
  { kubernetes }: RealCluster,
): Promise<Figure[]> {
  const runs: Watched[] = [];
  for (let round = 0; round < settings.rounds; round++) {
    say(`… cold start ${round + 1} of ${settings.rounds}`);
    // One process each: the second start of the same one would be a warm one.
    const program = Aside.start('watching/program.ts', folder, {
      node: ['--expose-gc'],
    });
    atEnd(() => program.stop());
    runs.push(
      await program.ask<Watched>('watch', {
        access: { kind: 'kubeconfig', file: kubernetes.kubeconfigs.reader },
        podsOnly: false,
      }),
    );
    await program.stop();
  }
  const row = 'start';
  return [
    told({ row, what: 'objects in the cluster' }, runs[0].objects),
    atMost(
      {
        row,
        what: `${settings.pods} pods and everything around them known`,
      },
      median(runs.map(({ milliseconds }) => milliseconds)) / 1000,
      10,
      's',
    ),
    atMost(
      { row, what: 'longest block of the event loop meanwhile' },
      median(runs.map(({ longestBlock }) => longestBlock)),
      100,
      'ms',
    ),
  ];
}
