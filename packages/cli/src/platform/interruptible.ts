import { constants } from 'node:os';
import type { Terminal } from '../Terminal';

const signals = ['SIGINT', 'SIGTERM'] as const;

/** Somebody has stopped the command. Exit code as shells have it: 130 for ctrl-C. */
export class InterruptedError extends Error {
  readonly name = 'InterruptedError';
  readonly exitCode: number;

  constructor(signal: (typeof signals)[number], advice: string) {
    super(`Interrupted. ${advice}`);
    this.exitCode = 128 + constants.signals[signal];
  }
}

/**
 * Does work that ends at a clean place when it is interrupted: the request that is under way is given up, and none follows.
 * Interrupted twice, it ends at once.
 *
 * @param advice - what is safe to do then.
 */
export async function interruptible<Result>(
  terminal: Pick<Terminal, 'note'>,
  advice: string,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const controller = new AbortController();
  const stop = (signal: (typeof signals)[number]) => {
    const reason = new InterruptedError(signal, advice);
    if (controller.signal.aborted) process.exit(reason.exitCode);
    terminal.note('Stopping; once more ends it at once.');
    controller.abort(reason);
  };
  for (const signal of signals) process.on(signal, stop);
  try {
    return await work(controller.signal);
  } catch (error) {
    // Programs that we started were interrupted as well, and fail with words of their own.
    throw controller.signal.aborted ? controller.signal.reason : error;
  } finally {
    for (const signal of signals) process.off(signal, stop);
  }
}
