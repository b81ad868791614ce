import type { MeshStatus } from '@meshway/plugin-meshed-service-common';

/** Nobody has confirmed it for so long: longer than a page waits between two reads, whatever fails in between. */
const UNCONFIRMED_SECONDS = 90;
/** It was seen so long ago that the cluster may be another one by now. A quiet cluster confirms itself every minute. */
const LONG_AGO_SECONDS = 600;

/** Why a status is shown as what was, not as what is. */
export type Stale = {
  since: string;
  because: 'unconfirmed' | 'longAgo';
};

/**
 * Whether a status still speaks of now.
 *
 * @param readAt - when the backend last confirmed it, by the clock of this browser.
 * @returns since when it does not, or undefined when it does.
 */
export function staleOf(
  { observedAt }: Pick<MeshStatus, 'observedAt'>,
  readAt: Date | undefined,
  now: Date,
): Stale | undefined {
  const isOver = (then: number, seconds: number) =>
    now.getTime() - then > seconds * 1000;
  if (observedAt && isOver(Date.parse(observedAt), LONG_AGO_SECONDS))
    return { since: observedAt, because: 'longAgo' };
  if (readAt && isOver(readAt.getTime(), UNCONFIRMED_SECONDS))
    return { since: readAt.toISOString(), because: 'unconfirmed' };
  return undefined;
}
