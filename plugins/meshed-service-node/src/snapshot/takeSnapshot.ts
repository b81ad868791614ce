import {
  KindFreshness,
  KubernetesObject,
  ObservedKind,
  shareable,
} from '@meshway/plugin-meshed-service-common';
import { clusterSource, SnapshotGap } from '../cluster';
import { defaultRequestLimits, RequestLimits } from '../http';
import type { ClusterAccess } from '../kubernetes';

/**
 * What was read of a cluster, without its secrets.
 *
 * @public
 */
export type TakenSnapshot = {
  cluster: string;
  /** The only one that was read; all when absent. */
  namespace?: string;
  takenAt: string;
  objects: KubernetesObject[];
  /** Kinds that could not be read whole, and why. */
  gaps: SnapshotGap[];
};

/**
 * Reads everything once that a status can rest on. What cannot be read is a gap, no error.
 *
 * @public
 */
export async function takeSnapshot({
  cluster,
  namespace,
  access,
  controlPlaneNamespace,
  argocdNamespace,
  timeouts = defaultRequestLimits,
  now,
  signal,
}: {
  cluster: string;
  /** Nothing but this namespace, and what the control plane says of itself. */
  namespace?: string;
  access: ClusterAccess;
  controlPlaneNamespace: string;
  argocdNamespace: string;
  timeouts?: RequestLimits;
  now: () => string;
  signal?: AbortSignal;
}): Promise<TakenSnapshot> {
  const takenAt = now();
  const objects: KubernetesObject[] = [];
  const ofAll = new Map<ObservedKind, KindFreshness>();
  const ofOne = new Map<ObservedKind, KindFreshness>();
  const source = clusterSource({
    cluster,
    access,
    namespace,
    controlPlaneNamespace,
    argocdNamespace,
    timeouts,
    store: {
      apply: object => objects.push(shareable(object)),
      delete: () => undefined,
      stale: (scope, said) => {
        (scope.namespace === undefined ? ofAll : ofOne).set(scope.kind, said);
      },
    },
  });
  try {
    await source.readOnce(signal);
  } finally {
    await source.stop();
  }
  signal?.throwIfAborted();
  return {
    cluster,
    ...(namespace === undefined ? {} : { namespace }),
    takenAt,
    objects,
    // Of one namespace alone, the rest is unknown as a matter of course.
    gaps: [...new Map([...ofAll, ...ofOne])]
      .filter(([, { state }]) => state !== 'current')
      .map(([kind, { state, message }]) => ({
        kind,
        freshness: { state, ...(message ? { message } : {}) },
      })),
  };
}
