import { HttpAnswer } from './HttpSender';
import { RequestLimits } from './RequestLimits';

const LONGEST_GROWTH = 20;
const LONGEST_RETRY_AFTER = 30_000;

/**
 * How long to wait before the next attempt: what the server asks for in `Retry-After`, up to half a minute, else
 * anything up to a bound that doubles (full jitter), so that many who failed together do not return together.
 */
export function pauseAfter(
  attempt: number,
  answer: Pick<HttpAnswer, 'headers'> | undefined,
  limits: RequestLimits,
  { now, chance }: { now: number; chance: number },
): number {
  const bound =
    limits.pauseMilliseconds * Math.min(2 ** (attempt - 1), LONGEST_GROWTH);
  const jitter = Math.floor(chance * bound);
  const asked = retryAfter(answer?.headers['retry-after'], now);
  return asked === undefined
    ? jitter
    : Math.min(asked + Math.floor(jitter / 4), LONGEST_RETRY_AFTER);
}

/** @returns the milliseconds of a `Retry-After` header, which holds seconds or a date. */
export function retryAfter(
  header: string | undefined,
  now: number,
): number | undefined {
  if (header === undefined) return undefined;
  if (/^\d{1,9}$/.test(header.trim())) return Number(header) * 1000;
  const date = Date.parse(header);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
