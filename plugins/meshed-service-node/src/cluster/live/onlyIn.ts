import type { FreshnessIndex } from './FreshnessBoard';

/** @returns a store's ear for what is known of one namespace: of all others nothing is. */
export function onlyIn(
  namespace: string,
  store: {
    stale(
      scope: Parameters<FreshnessIndex['stale']>[0] & { namespace?: string },
      freshness: Parameters<FreshnessIndex['stale']>[1],
    ): void;
  },
): FreshnessIndex {
  return {
    stale({ kind }, freshness) {
      store.stale({ kind, namespace }, freshness);
      store.stale(
        { kind },
        freshness.state === 'current'
          ? {
              state: 'unreadable',
              message: `nothing but namespace ${namespace} is read`,
            }
          : freshness,
      );
    },
  };
}
