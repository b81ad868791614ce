const units = [
  ['d', 24 * 3600],
  ['h', 3600],
  ['min', 60],
] as const;

/** `12 s`, `5 min`, `3 h`, `2 d`: how long ago, at its shortest. Of what lies ahead by another clock, none. */
export function ageOf(then: string, now: Date): string {
  const seconds = Math.max(
    0,
    Math.floor((now.getTime() - Date.parse(then)) / 1000),
  );
  const unit = units.find(([, length]) => seconds >= length);
  return unit ? `${Math.floor(seconds / unit[1])} ${unit[0]}` : `${seconds} s`;
}
