const time: Intl.DateTimeFormatOptions = {
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
};

/** @returns the time of day in the visitor's zone, with the date unless it is today; the text itself when it is no instant. */
export function formatInstant(instant: string, now: Date): string {
  const then = new Date(instant);
  if (Number.isNaN(then.getTime())) return instant;
  const isToday = then.toDateString() === now.toDateString();
  return new Intl.DateTimeFormat('en', {
    ...time,
    ...(isToday
      ? {}
      : {
          year: 'numeric' as const,
          month: 'short' as const,
          day: 'numeric' as const,
        }),
  }).format(then);
}
