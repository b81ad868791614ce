/**
 * Time, given from outside so that tests need not wait.
 *
 * @public
 */
export interface Clock {
  now(): Date;
  /** @throws the signal's reason when it is aborted meanwhile. */
  wait(milliseconds: number, signal?: AbortSignal): Promise<void>;
}

/** The machine's own time. @public */
export const systemClock: Clock = {
  now: () => new Date(),
  wait: (milliseconds, signal) =>
    new Promise((resolve, reject) => {
      if (signal?.aborted) {
        reject(signal.reason);
        return;
      }
      const stop = () => {
        clearTimeout(timer);
        reject(signal?.reason);
      };
      const timer = setTimeout(() => {
        signal?.removeEventListener('abort', stop);
        resolve();
      }, milliseconds);
      signal?.addEventListener('abort', stop, { once: true });
    }),
};
