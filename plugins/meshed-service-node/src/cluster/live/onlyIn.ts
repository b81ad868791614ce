import {
  ObservedKind,
  observedResources,
} from '@meshway/plugin-meshed-service-common';
import type { FreshnessIndex } from './FreshnessBoard';

/** Kinds of which nothing but what the control plane or Argo CD keeps is ever read, whatever else is. */
const keptElsewhere: ReadonlySet<ObservedKind> = new Set(
  observedResources.flatMap(({ kind, within }) => (within ? [kind] : [])),
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
      if (keptElsewhere.has(kind)) {
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
