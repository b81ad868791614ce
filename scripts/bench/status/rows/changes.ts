import { Aside } from '../aside';
import type { ChangeTimes } from '../changes';
import type { RealCluster } from '../cluster';
import { atMost, Figure, told } from '../Figure';
import type { Portal } from '../portal';
import { share } from '../reading';
import { rootOf } from '../replay';
import type { Bench } from './Bench';

/** Fast enough that no service is changed again while its last change is on the way. */
const SERVICES = 500;
const PER_SECOND = 50;
const SECONDS = 4;

/** How long the truth takes: from a Server's policy to the status of its service. */
export async function changes(
  { settings, say, folder, atEnd }: Bench,
  { fleet, kubernetes }: RealCluster,
  portal: Portal,
): Promise<Figure[]> {
  say('… changing the cluster');
  const program = Aside.start('changes/program.ts', folder);
  atEnd(() => program.stop());
  const services = fleet
    .names()
    .slice(0, SERVICES)
    .map((name, index) => ({
      path: serverOf(fleet.objectsOf(index)),
      address: portal.statusAddress(name),
    }));
  const times = await program.ask<ChangeTimes>('measure', {
    kubernetes,
    token: portal.token,
    services,
    sequential: settings.reads,
    perSecond: PER_SECOND,
    together: Math.min(
      PER_SECOND * SECONDS * settings.rounds,
      // A few services are changed once each.
      services.length < SERVICES ? services.length : Infinity,
    ),
  });
  await program.stop();
  return [
    ...figuresOf('one after the other', times.sequential),
    ...figuresOf(`${PER_SECOND} each second`, times.together),
  ];
}

function figuresOf(
  how: string,
  { sent, written }: ChangeTimes['sequential'],
): Figure[] {
  const row = 'change';
  const note = `${sent.length} changes`;
  return [
    atMost(
      {
        row,
        what: `changed status after the write is sent, ${how}: p50`,
        note,
      },
      share(sent, 0.5),
      50,
      'ms',
    ),
    atMost(
      { row, what: `changed status after the write is sent, ${how}: p99` },
      share(sent, 0.99),
      250,
      'ms',
    ),
    ...[0.5, 0.99].map(part =>
      told(
        {
          row,
          what: `the same after the server has answered the write: p${
            part * 100
          }`,
        },
        share(written, part),
        'ms',
      ),
    ),
  ];
}

function serverOf(objects: ReturnType<RealCluster['fleet']['objectsOf']>) {
  const server = objects.find(
    ({ kind, metadata }) =>
      kind === 'Server' && metadata.name.endsWith('.http'),
  );
  if (!server) throw new Error('The fleet has no Servers.');
  const { apiVersion, metadata } = server;
  return `${rootOf(apiVersion)}/namespaces/${metadata.namespace}/servers/${
    metadata.name
  }`;
}
