import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Time and chance, as far as requests need them.
 *
 * @public
 */
export type Clock = {
  /** @returns milliseconds since 1970. */
  now(): number;
  /** @returns a number from 0 to below 1. */
  random(): number;
  /** Waits; rejects at once when the signal is aborted. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
};

/** @public */
export const systemClock: Clock = {
  now: () => Date.now(),
  random: () => Math.random(),
  sleep: (milliseconds, signal) => sleep(milliseconds, undefined, { signal }),
};
