import {
  ClusterSettings,
  ClusterSummary,
  evaluateMeshStatus,
  MeshedServiceSpec,
  MeshStatus,
  observedKinds,
  Platform,
  ServiceRef,
} from '@meshway/plugin-meshed-service-common';
import { SnapshotSource } from '../cluster';
import { ClusterStore } from '../store';

/** Which clusters are looked at, and what the platform is like. @public */
export type MeshStatusesOptions = {
  clusters: ReadonlyArray<{
    name: string;
    /** Absolute folder of Kubernetes objects. */
    snapshot?: string;
  }>;
  platform: Platform;
  /** @returns the time as ISO 8601 text in UTC. */
  now?: () => string;
};

type Cluster = { name: string; store: ClusterStore; source?: SnapshotSource };

/**
 * The statuses of services, from what is seen of their clusters.
 *
 * @public
 */
export class MeshStatuses {
  private constructor(
    private readonly clusters: ReadonlyMap<string, Cluster>,
    private readonly settings: ClusterSettings,
    private readonly now: () => string,
  ) {}

  /** Reads nothing yet. */
  static create({
    clusters,
    platform,
    now = () => new Date().toISOString(),
  }: MeshStatusesOptions): MeshStatuses {
    const settings = settingsOf(platform);
    const known = clusters.map(({ name, snapshot }): [string, Cluster] => {
      if (snapshot === undefined) {
        return [name, { name, store: storeWithoutSource(name, settings) }];
      }
      const source = SnapshotSource.nameOf(snapshot);
      const store = new ClusterStore({ source, settings });
      return [
        name,
        { name, store, source: new SnapshotSource(snapshot, store, now) },
      ];
    });
    return new MeshStatuses(new Map(known), settings, now);
  }

  /**
   * @param spec - what was asked for, when somebody asked.
   * @returns the status; `observed: false` when nothing of the service was seen, also in clusters that nobody configured.
   */
  async read(
    service: ServiceRef,
    spec?: MeshedServiceSpec,
  ): Promise<MeshStatus> {
    const cluster = this.clusters.get(service.cluster);
    await cluster?.source?.refresh();
    const store =
      cluster?.store ?? storeWithoutSource(service.cluster, this.settings);
    return evaluateMeshStatus(
      spec,
      store.observe(service),
      undefined,
      this.now(),
    );
  }

  /** @returns whether a cluster of that name is configured. */
  knows(cluster: string): boolean {
    return this.clusters.has(cluster);
  }

  /** @returns the services that have been seen, whoever made them, by cluster, namespace and name. */
  async list(): Promise<ServiceRef[]> {
    const found: ServiceRef[] = [];
    for (const { name: cluster, store, source } of this.clusters.values()) {
      await source?.refresh();
      found.push(...store.services().map(each => ({ cluster, ...each })));
    }
    return found;
  }

  /** @returns every cluster, and how whole and how old what is known of it is. */
  async sources(): Promise<ClusterSummary[]> {
    const found: ClusterSummary[] = [];
    for (const { name, store, source } of this.clusters.values()) {
      await source?.refresh();
      const sources = store.sources();
      const [observedAt] = sources
        .flatMap(each => each.observedAt ?? [])
        .sort();
      found.push({
        name,
        source: source ? 'snapshot' : 'none',
        sources,
        problems: [...(source?.problems ?? [])],
        ...(observedAt ? { observedAt } : {}),
      });
    }
    return found;
  }
}

function settingsOf({ mesh }: Platform): ClusterSettings {
  return {
    controlPlaneNamespace: mesh.controlPlaneNamespace,
    trustDomain: mesh.trustDomain,
    clusterNetworks: mesh.clusterNetworks,
    probeNetworks: mesh.probeNetworks,
  };
}

function storeWithoutSource(
  cluster: string,
  settings: ClusterSettings,
): ClusterStore {
  const store = new ClusterStore({ source: `cluster ${cluster}`, settings });
  for (const kind of observedKinds) {
    store.stale(
      { kind },
      {
        state: 'unreadable',
        message: `no source is configured for cluster ${cluster}`,
      },
    );
  }
  return store;
}
