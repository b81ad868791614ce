import { HttpAnswer } from './HttpSender';
import { RequestLimits } from './RequestLimits';

const LONGEST_GROWTH = 20;

/**
 * How long to wait before the next attempt: no less than the server asks for in `Retry-After`, else anything up to a bound
 * that doubles (full jitter), so that many who failed together do not return together. Whether that is too long, the
 * sender says.
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
  return asked === undefined ? jitter : asked + Math.floor(jitter / 4);
}

/** @returns when to repeat what was answered so, in words: `later`, or after how long where the server says. */
export function whenToRepeat({
  headers,
  receivedAt,
}: Partial<Pick<HttpAnswer, 'headers' | 'receivedAt'>>): string {
  const asked = retryAfter(headers?.['retry-after'], receivedAt ?? 0);
  return asked ? `in ${Math.ceil(asked / 1000)} seconds, as it asks` : 'later';
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
