import { Rung, rungs, Verdict } from './MeshStatus';

/** Where something stands on the ladder: exactly (no `because`), or between two rungs, because something is not known. */
export type Standing = { low: Rung; high: Rung; because?: string };

/** @returns a standing that is beyond doubt. */
export function exactly(rung: Rung): Standing {
  return { low: rung, high: rung };
}

/** @returns the lower of two rungs. */
export function lower(a: Rung, b: Rung): Rung {
  return rungs.indexOf(a) <= rungs.indexOf(b) ? a : b;
}

/** @returns whether `a` is a lower rung than `b`. */
export function isLower(a: Rung, b: Rung): boolean {
  return rungs.indexOf(a) < rungs.indexOf(b);
}

/**
 * @returns the lowest of several: a chain is as strong as its weakest link. It is beyond doubt when one link is that no other
 *   could be below.
 */
export function lowest(standings: readonly Standing[]): Standing {
  const low = standings.map(each => each.low).reduce(lower, 'enforced');
  const high = standings.map(each => each.high).reduce(lower, 'enforced');
  const certain = standings.some(each => !each.because && each.high === low);
  const because = standings.find(each => each.because)?.because;
  return certain || !because ? exactly(low) : { low, high, because };
}

/** @returns the standing as it is shown. */
export function verdictOf({ high, because }: Standing): Verdict {
  return because
    ? { kind: 'unknown', because, atMost: high }
    : { kind: 'known', rung: high };
}
