import type { Ending } from './Ending';
import type { WatchLimits } from './WatchLimits';

/**
 * @param failures - how many endings in a row there were before which nothing had worked, this one included.
 * @param chance - from 0 to below 1.
 * @returns how long to wait: anything up to a bound that doubles (full jitter), so that many who failed together do not return
 * together; no less than what the server asks for.
 */
export function pauseAfterEnding(
  ending: Ending,
  failures: number,
  chance: number,
  limits: Pick<WatchLimits, 'pause' | 'forbidden'>,
): number {
  const [first, longest] =
    ending.kind === 'forbidden' ? limits.forbidden : limits.pause;
  const bound = Math.min(longest, first * 2 ** Math.min(failures - 1, 20));
  const jitter = Math.floor(chance * bound);
  if (ending.kind === 'failed' && ending.retryAfter !== undefined)
    return ending.retryAfter + Math.floor(jitter / 4);
  // A no that lasts is asked for again at an even pace.
  return ending.kind === 'forbidden'
    ? Math.floor(bound / 2 + jitter / 2)
    : jitter;
}
