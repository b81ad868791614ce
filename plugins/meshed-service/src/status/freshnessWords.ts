import type { Freshness } from '@meshway/plugin-meshed-service-common';

/** What a freshness is called. */
export const freshnessWords: Record<Freshness, string> = {
  current: 'current',
  stale: 'stale',
  forbidden: 'may not be read',
  notInstalled: 'not installed',
  unreadable: 'could not be read',
};
