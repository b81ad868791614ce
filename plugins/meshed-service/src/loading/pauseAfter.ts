/** However long something fails, it is asked again this often. */
const LONGEST_SECONDS = 300;

/**
 * @param failures - reads that have failed in a row.
 * @param chance - in [0, 1): spreads the pages that all began to fail in the same moment.
 * @returns seconds until the next read: the usual pause while all is well, doubled with every failure.
 */
export function pauseAfter(
  failures: number,
  everySeconds: number,
  chance: number,
): number {
  if (failures === 0) return everySeconds;
  const doubled = everySeconds * 2 ** Math.min(failures, 10);
  return Math.min(doubled, LONGEST_SECONDS) * (0.75 + chance / 2);
}
