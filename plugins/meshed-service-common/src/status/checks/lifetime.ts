import type { Instant } from '../../model';

/** How far a certificate is in its life. Shares, since lifetimes reach from hours to decades. */
export type LifePhase = 'notYet' | 'fresh' | 'ending' | 'ended';

/** What is left of a certificate when somebody has to look. */
export const endingShare = 0.1;

/** @returns where in its life a certificate is. */
export function lifePhaseOf(
  { notBefore, notAfter }: { notBefore: Instant; notAfter: Instant },
  now: Instant,
): LifePhase {
  const [from, to, at] = [notBefore, notAfter, now].map(Date.parse);
  if (at >= to) return 'ended';
  if (at < from) return 'notYet';
  return (to - at) / (to - from) < endingShare ? 'ending' : 'fresh';
}
