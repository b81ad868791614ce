import { useEffect, useState } from 'react';

/** @returns the time, again every few seconds: for ages that are shown. */
export function useNow(everySeconds: number = 5): Date {
  const [now, setNow] = useState(() => new Date());
  useEffect(() => {
    const timer = window.setInterval(
      () => setNow(new Date()),
      everySeconds * 1000,
    );
    return () => window.clearInterval(timer);
  }, [everySeconds]);
  return now;
}
