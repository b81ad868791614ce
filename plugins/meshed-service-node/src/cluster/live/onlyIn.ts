import {
  ObservedKind,
  observedResources,
} from '@meshway/plugin-meshed-service-common';
import type { FreshnessIndex } from './FreshnessBoard';

/** Kinds of which nothing but what the control plane keeps is ever read, whatever else is. */
const ofControlPlane: ReadonlySet<ObservedKind> = new Set(
  observedResources.flatMap(({ kind, only }) => (only ? [kind] : [])),
);

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
      if (ofControlPlane.has(kind)) {
        store.stale({ kind }, freshness);
        return;
      }
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
