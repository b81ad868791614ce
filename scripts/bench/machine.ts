import os from 'node:os';

/** What figures were measured on, and what else it did meanwhile. */
export type Machine = Record<
  | 'processor'
  | 'cores'
  | 'memoryGiB'
  | 'node'
  | 'system'
  | 'loadBefore'
  | 'loadAfter',
  string | number
>;

/** Processes that wanted to run, on average of the last minute. */
export const load = () => Math.round(os.loadavg()[0] * 10) / 10;

/** To be asked at the end. */
export function machineSince(loadBefore: number): Machine {
  return {
    processor: os.cpus()[0]?.model ?? 'unknown',
    cores: os.cpus().length,
    memoryGiB: Math.round(os.totalmem() / 2 ** 30),
    node: process.version,
    system: `${os.type()} ${os.release()}`,
    loadBefore,
    loadAfter: load(),
  };
}
