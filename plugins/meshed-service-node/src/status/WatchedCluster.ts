import {
  ClusterSettings,
  ClusterSummary,
  observedKinds,
  SourceStatus,
} from '@meshway/plugin-meshed-service-common';
import { clusterSource, SnapshotSource } from '../cluster';
import { defaultRequestLimits, RequestLimits } from '../http';
import type { ClusterAccess } from '../kubernetes';
import { ClusterStore } from '../store';

/** A cluster, and what it is known from. @public */
export type ClusterToWatch = {
  name: string;
  /** Absolute folder of Kubernetes objects, which is read in place of the cluster. */
  snapshot?: string;
  /** How the cluster is reached: it is watched from `start` on. */
  access?: ClusterAccess;
  /** Nothing but this namespace is read, for whoever may read no more. */
  namespace?: string;
};

/** One cluster's store, and what keeps it up to date. */
export type WatchedCluster = {
  name: string;
  store: ClusterStore;
  /** Before every read: cheap, and no request to any API. */
  refresh(): Promise<void>;
  /** Reads a cluster that runs, without watching it. */
  readOnce(signal?: AbortSignal): Promise<void>;
  start(): void;
  stop(): Promise<void>;
  summary(): ClusterSummary;
};

/** What all clusters are watched with. */
export type WatchedClusterParts = {
  settings: ClusterSettings;
  argocdNamespace: string;
  timeouts?: RequestLimits;
  now: () => string;
};

/** @returns a cluster that nothing is known of yet. */
export function watchedCluster(
  cluster: ClusterToWatch,
  parts: WatchedClusterParts,
): WatchedCluster {
  const { name, snapshot, access } = cluster;
  if (snapshot !== undefined) return fromSnapshot(name, snapshot, parts);
  return access ? live(cluster, access, parts) : unwatched(name, parts);
}

/** @returns a cluster of which nothing can be known. */
export function unwatched(
  name: string,
  { settings }: Pick<WatchedClusterParts, 'settings'>,
): WatchedCluster {
  const store = new ClusterStore({ source: `cluster ${name}`, settings });
  const message = `no source is configured for cluster ${name}`;
  for (const kind of observedKinds)
    store.stale({ kind }, { state: 'unreadable', message });
  return {
    name,
    store,
    refresh: async () => undefined,
    readOnce: async () => undefined,
    start: () => undefined,
    stop: async () => undefined,
    summary: () => summaryOf(name, 'none', store.sources()),
  };
}

function fromSnapshot(
  name: string,
  folder: string,
  { settings, now }: WatchedClusterParts,
): WatchedCluster {
  const store = new ClusterStore({
    source: SnapshotSource.nameOf(folder),
    settings,
  });
  const source = new SnapshotSource(folder, store, now);
  return {
    name,
    store,
    refresh: () => source.refresh(),
    readOnce: () => source.refresh(),
    start: () => undefined,
    stop: async () => undefined,
    summary: () => ({
      ...summaryOf(name, 'snapshot', store.sources()),
      problems: [...source.problems],
    }),
  };
}

function live(
  { name, namespace }: ClusterToWatch,
  access: ClusterAccess,
  {
    settings,
    argocdNamespace,
    timeouts = defaultRequestLimits,
  }: WatchedClusterParts,
): WatchedCluster {
  const store = new ClusterStore({ source: `cluster ${name}`, settings });
  const source = clusterSource({
    cluster: name,
    access,
    namespace,
    store,
    controlPlaneNamespace: settings.controlPlaneNamespace,
    argocdNamespace,
    timeouts,
  });
  const lagOf = (kind: string): Pick<SourceStatus, 'lagSeconds'> => {
    const lags = source
      .collections()
      .flatMap(each => (each.kind === kind ? each.lagSeconds ?? [] : []));
    return lags.length > 0 ? { lagSeconds: Math.max(...lags) } : {};
  };
  return {
    name,
    store,
    refresh: async () => undefined,
    readOnce: signal => source.readOnce(signal),
    start: () => source.start(),
    stop: () => source.stop(),
    summary: () =>
      summaryOf(
        name,
        'live',
        store.sources().map(each => ({ ...each, ...lagOf(each.kind) })),
      ),
  };
}

function summaryOf(
  name: string,
  source: ClusterSummary['source'],
  sources: SourceStatus[],
): ClusterSummary {
  const [observedAt] = sources.flatMap(each => each.observedAt ?? []).sort();
  return {
    name,
    source,
    sources,
    problems: [],
    ...(observedAt ? { observedAt } : {}),
  };
}
