/** Times in milliseconds, told by two of them. */
export type Spread = { p50: number; p99: number };

/** @returns the time within which such a share of all were done. */
export function share(times: readonly number[], part: number): number {
  const sorted = [...times].sort((a, b) => a - b);
  const index = Math.ceil(sorted.length * part) - 1;
  return sorted[Math.min(sorted.length - 1, Math.max(0, index))] ?? NaN;
}

export const median = (values: readonly number[]) => share(values, 0.5);

/** @returns the medians of what each round says. */
export function spread(rounds: readonly number[][]): Spread {
  return {
    p50: median(rounds.map(times => share(times, 0.5))),
    p99: median(rounds.map(times => share(times, 0.99))),
  };
}
