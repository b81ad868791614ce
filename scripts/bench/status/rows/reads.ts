import type { StatusBatchResponse } from '@meshway/plugin-meshed-service-common';
import { Aside } from '../aside';
import { atMost, Figure, told } from '../Figure';
import { CLUSTER } from '../fleet';
import { median, ReadingTimes, share, spread, Target } from '../reading';
import type { Bench } from './Bench';
import { Replay, ReplayedPortal } from './replayed';

const FEW = 100;
const BATCH = 100;

/** Reading one status, and a hundred of them, at the size that was asked for and at 100 services. */
export async function reads(bench: Bench): Promise<Figure[]> {
  const { settings, say, folder, atEnd } = bench;
  const { services, rounds, reads: count } = settings;
  const replay = Replay.start(bench);
  const large = await replay.portal('portal-large', {
    services,
    pods: services,
  });
  const few = Math.min(FEW, services);
  const small = await replay.portal('portal-small', {
    services: few,
    pods: few,
  });
  const reader = Aside.start('reading/program.ts', folder);
  atEnd(() => reader.stop());
  const figures: Figure[] = [];
  const measured = (targets: Target[]) =>
    reader.ask<ReadingTimes>('readAll', {
      targets,
      rounds,
      reads: count,
      warmUp: Math.min(300, count),
    });

  if (settings.rows.includes('read')) {
    say('… reading statuses');
    const target = statusTarget(large);
    const size = await fixAnswer(large, 'status', target);
    await replay.counted();
    const times = await measured([
      { name: 'ours', ...target },
      { name: 'fixed', ...fixedTarget(large, 'status') },
      { name: 'few', ...statusTarget(small) },
    ]);
    const [calls] = await replay.counted();
    figures.push(
      ...readFigures(times, {
        services,
        few,
        size,
        calls,
        objects: large.objects,
      }),
    );
  }
  if (settings.rows.includes('batch')) {
    say('… reading batches');
    const target = batchTarget(large);
    const size = await fixAnswer(large, 'batch', target);
    const times = await measured([
      { name: 'ours', ...target },
      { name: 'fixed', ...fixedTarget(large, 'batch') },
    ]);
    figures.push(...batchFigures(times, size));
  }
  await large.portal.stop();
  await small.portal.stop();
  return figures;
}

type Requests = Omit<Target, 'name'>;

function statusTarget({ portal, read }: ReplayedPortal): Requests {
  return {
    token: portal.token,
    requests: read.map(name => ({ address: portal.statusAddress(name) })),
  };
}

function batchTarget({ portal, read }: ReplayedPortal): Requests {
  const services = Array.from({ length: BATCH }, (_, index) => {
    const name = read[index % read.length];
    return { cluster: CLUSTER, namespace: name, name };
  });
  const body = JSON.stringify({ services });
  return {
    token: portal.token,
    requests: [{ address: portal.batchAddress, body }],
  };
}

function fixedTarget({ portal }: ReplayedPortal, name: string): Requests {
  return {
    token: portal.token,
    requests: [{ address: portal.fixedAddress(name) }],
  };
}

/** Makes the other route answer exactly what ours answers now. @returns its size in bytes. */
async function fixAnswer(
  { portal }: ReplayedPortal,
  name: string,
  { requests: [{ address, body }] }: Requests,
): Promise<number> {
  const answer = await portal.read<StatusBatchResponse>(
    address,
    body === undefined ? undefined : JSON.parse(body),
  );
  await portal.fix(name, answer);
  return Buffer.byteLength(JSON.stringify(answer));
}

/** @returns how many times as long as the other, round by round. */
function ratio(one: number[][], other: number[][], part: number): number {
  return median(
    one.map((times, round) => share(times, part) / share(other[round], part)),
  );
}

function readFigures(
  { ours, fixed, few }: ReadingTimes,
  of: {
    services: number;
    few: number;
    size: number;
    calls: number;
    objects: number;
  },
): Figure[] {
  const row = 'read';
  const here = `one status at ${of.services} services`;
  const [own, other, small] = [ours, fixed, few].map(spread);
  return [
    told({ row, what: 'objects in the store' }, of.objects),
    told({ row, what: 'size of the answer' }, of.size, 'bytes'),
    atMost(
      {
        row,
        what: 'requests to the API server meanwhile',
        note: 'besides the question whether it is ready, and watches that go on',
      },
      of.calls,
      0,
    ),
    told({ row, what: `${here}: p50` }, own.p50, 'ms'),
    told({ row, what: `${here}: p99` }, own.p99, 'ms'),
    told({ row, what: 'fixed answer: p50' }, other.p50, 'ms'),
    told({ row, what: 'fixed answer: p99' }, other.p99, 'ms'),
    told(
      { row, what: `one status at ${of.few} services: p50` },
      small.p50,
      'ms',
    ),
    atMost(
      { row, what: 'p50 against a fixed answer of the same size' },
      ratio(ours, fixed, 0.5),
      1.3,
      '×',
    ),
    atMost(
      { row, what: 'p99 against a fixed answer of the same size' },
      ratio(ours, fixed, 0.99),
      1.5,
      '×',
    ),
    atMost(
      { row, what: `p50 at ${of.services} against p50 at ${of.few} services` },
      ratio(ours, few, 0.5),
      1.1,
      '×',
    ),
  ];
}

function batchFigures({ ours, fixed }: ReadingTimes, size: number): Figure[] {
  const row = 'batch';
  const [own, other] = [ours, fixed].map(spread);
  return [
    told({ row, what: 'size of the answer' }, size, 'bytes'),
    told({ row, what: `batch of ${BATCH}: p50` }, own.p50, 'ms'),
    told({ row, what: 'fixed answer: p50' }, other.p50, 'ms'),
    atMost(
      { row, what: 'p50 against a fixed answer of the same size' },
      ratio(ours, fixed, 0.5),
      2,
      '×',
    ),
  ];
}
