import { isError } from '@backstage/errors';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { Loadable } from './Loadable';
import { sentenceOf } from './sentenceOf';

/**
 * Reads now, and again every `everySeconds` while the page is visible. A hidden page reads nothing; a page that becomes
 * visible reads at once.
 *
 * @param read - must keep its identity while it reads the same thing (`useCallback`); a new one starts over.
 * @param options - `whom`: who to ask when the read is denied.
 */
export function useLoadable<T>(
  read: (signal: AbortSignal) => Promise<T>,
  options: { everySeconds?: number; whom?: string } = {},
): Loadable<T> {
  const { everySeconds, whom } = options;
  const [loaded, setLoaded] = useState<Loaded<T>>({ kind: 'loading' });
  const again = useRef<() => void>(() => {});

  useEffect(() => {
    setLoaded({ kind: 'loading' });
    const ended = new AbortController();
    let timer: number | undefined;
    let running = false;

    const readOnce = async () => {
      window.clearTimeout(timer);
      if (running) return;
      running = true;
      try {
        const value = await read(ended.signal);
        if (!ended.signal.aborted) setLoaded({ kind: 'ready', value });
      } catch (error) {
        if (!ended.signal.aborted)
          setLoaded(before => afterFailure(before, error));
      }
      running = false;
      if (!ended.signal.aborted) schedule();
    };
    const schedule = () => {
      if (everySeconds !== undefined && !document.hidden)
        timer = window.setTimeout(readOnce, everySeconds * 1000);
    };
    const onVisibility = () => {
      if (document.hidden) window.clearTimeout(timer);
      else if (everySeconds !== undefined) void readOnce();
    };

    again.current = () => {
      setLoaded({ kind: 'loading' });
      void readOnce();
    };
    document.addEventListener('visibilitychange', onVisibility);
    void readOnce();
    return () => {
      ended.abort();
      window.clearTimeout(timer);
      document.removeEventListener('visibilitychange', onVisibility);
    };
  }, [read, everySeconds]);

  const retry = useCallback(() => again.current(), []);
  if (loaded.kind === 'failed') return { ...loaded, retry };
  if (loaded.kind === 'denied') return whom ? { ...loaded, whom } : loaded;
  return loaded;
}

type Loaded<T> =
  | { kind: 'loading' }
  | { kind: 'denied'; because?: string }
  | { kind: 'missing'; because: string }
  | { kind: 'failed'; error: Error }
  | { kind: 'ready'; value: T; notRefreshed?: Error };

function afterFailure<T>(before: Loaded<T>, thrown: unknown): Loaded<T> {
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
