import { RealCluster } from '../cluster';
import { Figure, told } from '../Figure';
import { Portal } from '../portal';
import type { Bench } from './Bench';
import { changes } from './changes';
import { coldStart } from './coldStart';
import { peer } from './peer';

const PODS_OF_A_SERVICE = 10;

/** What is measured on a real API server: booted and filled once, for all of it. */
export async function onRealCluster(bench: Bench): Promise<Figure[]> {
  const { settings, say, folder, atEnd } = bench;
  const { pods, rows } = settings;
  const services = Math.max(1, Math.ceil(pods / PODS_OF_A_SERVICE));
  say(`… a real cluster with ${pods} pods`);
  const cluster = await RealCluster.boot({ services, pods });
  atEnd(() => cluster.stop());
  const figures: Figure[] = [];
  if (rows.includes('start'))
    figures.push(...(await coldStart(bench, cluster)));
  if (!rows.includes('change') && !rows.includes('peer')) return figures;

  say('… a portal that watches it');
  const portal = await Portal.start(
    {
      name: 'portal-real',
      cluster: { kubeconfig: { file: cluster.kubernetes.kubeconfigs.reader } },
      claimed: cluster.fleet.names(),
      stamped: [],
    },
    folder,
  );
  atEnd(() => portal.stop());
  await portal.longestBlock();
  await portal.untilSynced();
  await portal.untilComputed(services);
  figures.push(
    told(
      {
        row: 'start',
        what: 'longest block of a whole portal while it learns and computes',
        note: `${services} services with statuses`,
      },
      await portal.longestBlock(),
      'ms',
    ),
  );
  if (rows.includes('change'))
    figures.push(...(await changes(bench, cluster, portal)));
  if (rows.includes('peer'))
    figures.push(...(await peer(bench, cluster, portal)));
  return figures;
}
