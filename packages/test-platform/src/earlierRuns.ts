import { readdirSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { isAlive } from './processes';

/** Runs whose logs may still tell something. */
const KEPT = 5;

/** Removes the folders of runs that have ended, but for the logs of the last ones. */
export function forgetEarlierRuns(folder: string): void {
  readdirSync(folder)
    .flatMap(name => {
      const owner = /^(?:run|own)-(\d+)/.exec(name)?.[1];
      return owner && !isAlive(Number(owner)) ? [path.join(folder, name)] : [];
    })
    .sort((one, other) => changedAt(other) - changedAt(one))
    .slice(KEPT)
    .forEach(run => rmSync(run, { recursive: true, force: true }));
}

const changedAt = (file: string) =>
  statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
