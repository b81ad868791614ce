import { useCallback, useEffect, useRef, useState } from 'react';
import type { Loadable } from './Loadable';
import { afterFailure, type Loaded } from './Loaded';
import { pauseAfter } from './pauseAfter';

/**
 * Something that says when a value has changed.
 *
 * @param again - reads again: at once, or soon when it was read just now.
 * @returns how to stop listening.
 */
export type Listen = (again: () => void) => () => void;

/** However often something changes, it is read at most so often, unless said otherwise. */
const SPACING_SECONDS = 1;

/**
 * Reads now; again every `everySeconds`, more seldom while reads fail; and when `listen` hears of a change. A hidden page
 * reads nothing; a page that becomes visible reads at once.
 *
 * @param read - must keep its identity while it reads the same thing (`useCallback`); a new one starts over. So does `listen`.
 * @param options - `whom`: who to ask when the read is denied; `spacingSeconds`: however often it changes, it is read at most
 *   so often.
 */
export function useLoadable<T>(
  read: (signal: AbortSignal) => Promise<T>,
  options: {
    everySeconds?: number;
    whom?: string;
    listen?: Listen;
    spacingSeconds?: number;
  } = {},
): Loadable<T> {
  const {
    everySeconds,
    whom,
    listen,
    spacingSeconds = SPACING_SECONDS,
  } = options;
  const [loaded, setLoaded] = useState<Loaded<T>>({ kind: 'loading' });
  const again = useRef<() => void>(() => {});

  useEffect(() => {
    setLoaded({ kind: 'loading' });
    const ended = new AbortController();
    const isFresh = everySeconds !== undefined || listen !== undefined;
    let timer: number | undefined;
    let running = false;
    let changedMeanwhile = false;
    let failures = 0;
    let readAt = -Infinity;

    const readOnce = async () => {
      window.clearTimeout(timer);
      if (running) return;
      running = true;
      changedMeanwhile = false;
      try {
        const value = await read(ended.signal);
        failures = 0;
        if (!ended.signal.aborted)
          setLoaded({ kind: 'ready', value, readAt: new Date() });
      } catch (error) {
        failures += 1;
        if (!ended.signal.aborted)
          setLoaded(before => afterFailure(before, error));
      }
      running = false;
      readAt = Date.now();
      if (ended.signal.aborted || document.hidden) return;
      if (changedMeanwhile) readSoon();
      else if (everySeconds !== undefined)
        timer = window.setTimeout(
          readOnce,
          pauseAfter(failures, everySeconds, Math.random()) * 1000,
        );
    };
    const readSoon = () => {
      window.clearTimeout(timer);
      timer = window.setTimeout(
        readOnce,
        Math.max(0, readAt + spacingSeconds * 1000 - Date.now()),
      );
    };
    const onChange = () => {
      if (running) changedMeanwhile = true;
      else if (!document.hidden) readSoon();
    };
    const onVisibility = () => {
      if (document.hidden) window.clearTimeout(timer);
      else if (isFresh) void readOnce();
    };

    again.current = () => {
      setLoaded({ kind: 'loading' });
      void readOnce();
    };
    document.addEventListener('visibilitychange', onVisibility);
    const stopListening = listen?.(onChange);
    void readOnce();
    return () => {
      ended.abort();
      stopListening?.();
      window.clearTimeout(timer);
      document.removeEventListener('visibilitychange', onVisibility);
    };
  }, [read, everySeconds, listen, spacingSeconds]);

  const retry = useCallback(() => again.current(), []);
  if (loaded.kind === 'failed') return { ...loaded, retry };
  if (loaded.kind === 'denied') return whom ? { ...loaded, whom } : loaded;
  return loaded;
}
