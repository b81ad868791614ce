import { existsSync, readdirSync } from 'node:fs';
import { globalAgent } from 'node:https';
import { setTimeout as sleep } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** What a process holds on to. */
export type Held = {
  heapMiB: number;
  /** Files and sockets; 0 where the system does not tell. */
  descriptors: number;
  timers: number;
};

const MIB = 2 ** 20;
const OPEN = '/proc/self/fd';

/** @returns what this process holds once everything that it could let go is gone: the least of some looks. */
export async function held(): Promise<Held> {
  setFlagsFromString('--expose-gc');
  const collectGarbage: () => void = runInNewContext('gc');
  const looks: Held[] = [];
  for (let look = 0; look < 5; look++) {
    // Of the test's own requests, not of the watches.
    globalAgent.destroy();
    await sleep(400);
    collectGarbage();
    collectGarbage();
    looks.push({
      heapMiB: process.memoryUsage().heapUsed / MIB,
      descriptors: existsSync(OPEN) ? readdirSync(OPEN).length : 0,
      timers: process
        .getActiveResourcesInfo()
        .filter(resource => resource === 'Timeout').length,
    });
  }
  const least = (of: keyof Held) => Math.min(...looks.map(each => each[of]));
  return {
    heapMiB: Math.round(least('heapMiB') * 10) / 10,
    descriptors: least('descriptors'),
    timers: least('timers'),
  };
}
