import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';

/** In MiB. */
export type Memory = { heapMiB: number; residentMiB: number; peakMiB: number };

const MIB = 2 ** 20;
const rounded = (value: number) => Math.round(value * 10) / 10;

/** @returns what the process holds, after two garbage collections where Node lets us (`--expose-gc`). */
export async function memory(): Promise<Memory> {
  for (let turn = 0; turn < 2; turn++) {
    globalThis.gc?.();
    await sleep(50);
  }
  const { heapUsed, rss } = process.memoryUsage();
  return {
    heapMiB: rounded(heapUsed / MIB),
    residentMiB: rounded(rss / MIB),
    peakMiB: rounded(process.resourceUsage().maxRSS / 1024),
  };
}

const delays = monitorEventLoopDelay({ resolution: 5 });
delays.enable();

/** @returns the longest time in milliseconds for which the process has heard nothing, since this was asked last. */
export function longestBlock(): number {
  const longest = rounded(delays.max / 1e6);
  delays.reset();
  return longest;
}
