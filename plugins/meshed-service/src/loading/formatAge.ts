const units: ReadonlyArray<{ seconds: number; name: string }> = [
  { seconds: 86_400, name: 'd' },
  { seconds: 3600, name: 'h' },
  { seconds: 60, name: 'min' },
  { seconds: 1, name: 's' },
];

/** @returns `12 s ago`; `just now` also for clocks that disagree a little; the text itself when it is no instant. */
export function formatAge(instant: string, now: Date): string {
  const seconds = Math.floor((now.getTime() - Date.parse(instant)) / 1000);
  if (Number.isNaN(seconds)) return instant;
  const unit = units.find(({ seconds: size }) => seconds >= size);
  return unit
    ? `${Math.floor(seconds / unit.seconds)} ${unit.name} ago`
    : 'just now';
}
