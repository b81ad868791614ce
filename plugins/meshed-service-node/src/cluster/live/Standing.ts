import type { KindFreshness } from '@meshway/plugin-meshed-service-common';

/** How whole and how old what is known of one collection is. @public */
export type Standing =
  | { state: 'current' | 'notInstalled' }
  | { state: 'stale' | 'forbidden' | 'unreadable'; because: string };

export const notYetRead: Standing = {
  state: 'unreadable',
  because: 'it has not been read yet',
};

/** What makes everything uncertain, however it stands by itself. */
export type Doubts = {
  /** Why the whole cluster cannot be asked. */
  lost?: string;
  /** Why nobody knows which kinds are installed by now. */
  installed?: string;
};

/** A collection, with the time at which the server last said something of it. */
export type Told = { standing: Standing; heardAt?: string };

/** Worst first. */
const order = [
  'unreadable',
  'forbidden',
  'stale',
  'current',
  'notInstalled',
] as const;

/** @returns what holds for a kind that is made of several collections: the worst of them, and the oldest. */
export function freshnessOf(
  collections: readonly Told[],
  doubts: Doubts,
): KindFreshness {
  const doubted = collections.map(each => ({
    ...each,
    standing: doubtedBy(each.standing, doubts),
  }));
  const worst = [...doubted].sort(
    (a, b) => order.indexOf(a.standing.state) - order.indexOf(b.standing.state),
  )[0].standing;
  const [oldest] = doubted
    .filter(({ standing }) => standing.state !== 'notInstalled')
    .flatMap(({ heardAt }) => heardAt ?? [])
    .sort();
  return {
    state: worst.state,
    ...(oldest === undefined ? {} : { observedAt: oldest }),
    ...('because' in worst ? { message: worst.because } : {}),
  };
}

function doubtedBy(standing: Standing, doubts: Doubts): Standing {
  const { state } = standing;
  if (state !== 'current' && state !== 'notInstalled') return standing;
  const because =
    doubts.lost ?? (state === 'notInstalled' ? doubts.installed : undefined);
  return because === undefined ? standing : { state: 'stale', because };
}
