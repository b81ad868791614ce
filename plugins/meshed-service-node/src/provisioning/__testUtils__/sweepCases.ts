import { Fault, faultKinds } from './faultProxy';

/** Which cases are tried: one of `every`, and of the first so many the one to begin with; all of them with 1 and 1. */
export type SweepExtent = { every: number; first: number };

/** How one request goes wrong: each kind of fault once and with all repetitions, in turns, so that neighbours differ in both. */
const ways = [true, false].flatMap(begin =>
  faultKinds.map((kind, index) => ({
    kind,
    withRetries: index % 2 === 0 ? begin : !begin,
  })),
);

/**
 * Every request in every way, or one of so many cases: each way takes another k with it, so that those which are left lie
 * evenly over all k, and meet as many different ways as there are cases, all twelve where there are so many.
 *
 * @param requests - how many the undisturbed run had.
 */
export function casesOf(
  requests: number,
  { every, first }: SweepExtent,
): Fault[] {
  const cases: Fault[] = [];
  for (let at = 1; at <= requests; at++)
    ways.forEach((way, index) => {
      const shift = Math.floor((index * every) / ways.length);
      if ((at + shift) % every === first % every) cases.push({ at, ...way });
    });
  return cases;
}

/** @returns in how many ways the cases go wrong; twelve when every kind is met once and with all repetitions. */
export function waysOf(cases: readonly Fault[]): number {
  return new Set(cases.map(each => `${each.kind} ${each.withRetries}`)).size;
}
