import { observedResources } from '@meshway/plugin-meshed-service-common';
import { HttpSender, RequestLimits, systemClock } from '../http';
import { ClusterAccess, KubernetesOverHttp } from '../kubernetes';
import type { ClusterStore } from '../store';
import { clusterFeed, FollowedCollection, LiveSource } from './live';
import { onlyIn } from './live/onlyIn';
import { SingleNamespace } from './SingleNamespace';

/** What feeds a store from a cluster that runs. @public */
export type ClusterSource = {
  /** Begins to watch; until `stop`. */
  start(): void;
  /** In place of `start`: reads everything, and watches nothing. What cannot be read is said in the store. */
  readOnce(signal?: AbortSignal): Promise<void>;
  /** Lets go of all connections, too. */
  stop(): Promise<void>;
  collections(): FollowedCollection[];
};

const withinOne = observedResources.filter(({ kind }) => kind !== 'Namespace');

/**
 * @param options - `namespace`: nothing but this one is read, and what the control plane and Argo CD say in theirs; what may
 * not be read there is forbidden, and nothing else.
 *
 * @public
 */
export function clusterSource(options: {
  cluster: string;
  access: ClusterAccess;
  namespace?: string;
  store: Pick<ClusterStore, 'apply' | 'delete' | 'stale'>;
  controlPlaneNamespace: string;
  argocdNamespace: string;
  timeouts: RequestLimits;
}): ClusterSource {
  const { cluster, access, namespace, store, timeouts } = options;
  const source = new LiveSource({
    cluster,
    store,
    controlPlaneNamespace: options.controlPlaneNamespace,
    argocdNamespace: options.argocdNamespace,
    feed: clusterFeed(cluster, access, new HttpSender(timeouts)),
    limits: { answer: timeouts.requestMilliseconds },
    ...(namespace === undefined ? {} : { namespace, resources: withinOne }),
  });
  if (namespace === undefined) return source;
  const kubernetes = new KubernetesOverHttp(
    cluster,
    access,
    new HttpSender(timeouts),
  );
  const clock = systemClock;
  const own = new SingleNamespace({
    kubernetes,
    namespace,
    store: {
      apply: object => store.apply(object),
      delete: object => store.delete(object),
      ...onlyIn(namespace, store),
    },
    clock,
  });
  return {
    start: () => {
      source.start();
      own.start();
    },
    readOnce: async signal => {
      await Promise.all([source.readOnce(signal), own.readOnce(signal)]);
    },
    stop: async () => {
      await Promise.all([source.stop(), own.stop()]);
      await kubernetes.close();
    },
    collections: () => source.collections(),
  };
}
