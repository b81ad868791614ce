import { answering } from '../aside';
import { Reader } from './Reader';
import type { ReadingSettings, ReadingTimes } from './settings';

async function readAll({
  targets,
  rounds,
  reads,
  warmUp,
}: ReadingSettings): Promise<ReadingTimes> {
  const readers = targets.map(target => ({
    name: target.name,
    reader: new Reader(target),
  }));
  const times: ReadingTimes = Object.fromEntries(
    targets.map(({ name }) => [name, []]),
  );
  for (let count = 0; count < warmUp; count++)
    for (const { reader } of readers) await reader.read();
  for (let round = 0; round < rounds; round++) {
    for (const { name } of readers) times[name].push([]);
    for (let count = 0; count < reads; count++)
      for (const { name, reader } of readers)
        times[name][round].push(await reader.read());
  }
  for (const { reader } of readers) reader.close();
  return times;
}

answering({ readAll });
