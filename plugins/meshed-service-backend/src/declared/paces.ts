import type { Forge } from '@meshway/plugin-meshed-service-node';

/** How often a forge is asked. */
type Pace = {
  /** Whether the registry has moved. */
  claimsMilliseconds: number;
  /** How old a reading of the registry may be that says a name is free. */
  freeMilliseconds: number;
  /** How often repositories of services are looked at: a few that somebody views, and one more. */
  roundMilliseconds: number;
  /** How many at once, at most. */
  atOnce: number;
  /** What is looked at again when somebody views it. */
  viewedMilliseconds: number;
  /** What is looked at again when nobody does. */
  unviewedMilliseconds: number;
};

/**
 * A folder on the same disk costs a few milliseconds a look. GitHub allows 5,000 requests an hour: at most 360 are for the
 * registry and, with two services in each round, 2,400 for the rest. What the portal itself writes is looked at at once.
 */
export const paces: Record<Forge['kind'], Pace> = {
  local: {
    claimsMilliseconds: 2_000,
    freeMilliseconds: 0,
    roundMilliseconds: 500,
    atOnce: 8,
    viewedMilliseconds: 3_000,
    unviewedMilliseconds: 30_000,
  },
  github: {
    claimsMilliseconds: 10_000,
    freeMilliseconds: 1_000,
    roundMilliseconds: 3_000,
    atOnce: 1,
    viewedMilliseconds: 15_000,
    unviewedMilliseconds: 120_000,
  },
};
