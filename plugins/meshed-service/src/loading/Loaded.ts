import { isError } from '@backstage/errors';
import { sentenceOf } from './sentenceOf';

/** What has come of reading so far. */
export type Loaded<T> =
  | { kind: 'loading' }
  | { kind: 'denied'; because?: string }
  | { kind: 'missing'; because: string }
  | { kind: 'failed'; error: Error }
  | { kind: 'ready'; value: T; readAt: Date; notRefreshed?: Error };

/** @returns what is left after a read that failed. */
export function afterFailure<T>(before: Loaded<T>, thrown: unknown): Loaded<T> {
  const because = sentenceOf(thrown);
  // A right that was taken away hides the value at once, and so does an end; a hiccup does not.
  if (isRefusal(thrown, 403, 'NotAllowedError'))
    return { kind: 'denied', because };
  if (isRefusal(thrown, 404, 'NotFoundError'))
    return { kind: 'missing', because };
  const error = new Error(because);
  return before.kind === 'ready'
    ? { ...before, notRefreshed: error }
    : { kind: 'failed', error };
}

function isRefusal(thrown: unknown, status: number, name: string): boolean {
  if (!isError(thrown)) return false;
  return thrown.name === name || thrown.statusCode === status;
}
