import {
  ClusterSettings,
  ClusterSummary,
  evaluateMeshStatus,
  LabelSelector,
  MeshedServiceSpec,
  MeshStatus,
  Platform,
  ServiceRef,
} from '@meshway/plugin-meshed-service-common';
import type { RequestLimits } from '../http';
import type { TrafficSource } from '../prometheus';
import type { StoreChange } from '../store';
import { Turns } from '../turns';
import type { VaultRoleSource } from '../vault';
import { Expected, hasVaultRole } from './Expected';
import {
  ClusterToWatch,
  unwatched,
  watchedCluster,
  WatchedCluster,
} from './WatchedCluster';

/** Milliseconds for which a long list keeps everything else in the process waiting. */
const LONGEST_TURN = 8;

/** Which clusters are looked at, and what the platform is like. @public */
export type MeshStatusesOptions = {
  clusters: readonly ClusterToWatch[];
  platform: Platform;
  /** How long is waited for clusters. */
  timeouts?: RequestLimits;
  /** What Vault says of roles; it is started and stopped with the watches. Absent: no Vault is asked. */
  vaultRoles?: VaultRoleSource;
  /** What is known of traffic; it is started and stopped with the watches. */
  traffic?: TrafficSource;
  /** @returns the time as ISO 8601 text in UTC. */
  now?: () => string;
};

/**
 * The statuses of services, from what is seen of their clusters.
 *
 * @public
 */
export class MeshStatuses {
  private constructor(
    private readonly clusters: ReadonlyMap<string, WatchedCluster>,
    private readonly settings: ClusterSettings,
    private readonly expected: Expected,
    private readonly now: () => string,
    private readonly traffic: TrafficSource | undefined,
    private readonly vaultRoles: VaultRoleSource | undefined,
  ) {}

  /** Reads nothing yet. */
  static create({
    clusters,
    platform,
    timeouts,
    vaultRoles,
    traffic,
    now = () => new Date().toISOString(),
  }: MeshStatusesOptions): MeshStatuses {
    const settings = settingsOf(platform);
    const known = clusters.map((cluster): [string, WatchedCluster] => [
      cluster.name,
      watchedCluster(cluster, {
        settings,
        argocdNamespace: platform.argocd.namespace,
        timeouts,
        now,
      }),
    ]);
    const expected = new Expected(platform, vaultRoles);
    return new MeshStatuses(
      new Map(known),
      settings,
      expected,
      now,
      traffic,
      vaultRoles,
    );
  }

  /** Begins to watch the clusters that run. Until then, nothing is known of them. */
  start(): void {
    for (const cluster of this.clusters.values()) cluster.start();
    this.traffic?.start();
    this.vaultRoles?.start();
  }

  /** Reads every cluster once, for whoever asks and leaves. What cannot be read is said in the statuses. */
  async readOnce(signal?: AbortSignal): Promise<void> {
    await Promise.all([
      ...[...this.clusters.values()].map(each => each.readOnce(signal)),
      this.traffic?.readOnce(signal),
    ]);
  }

  /** Ends all watches. What was known stays as it is. */
  async stop(): Promise<void> {
    this.vaultRoles?.stop();
    await Promise.all([
      ...[...this.clusters.values()].map(each => each.stop()),
      this.traffic?.stop(),
    ]);
  }

  /**
   * @param listener - told at once whenever something of a cluster may have changed, in one namespace or anywhere.
   * @returns how to stop listening.
   */
  subscribe(
    listener: (change: StoreChange & { cluster: string }) => void,
  ): () => void {
    const ends = [...this.clusters.values()].map(({ name, store }) =>
      store.subscribe(change => listener({ cluster: name, ...change })),
    );
    const others = [
      this.traffic?.subscribe(listener),
      this.vaultRoles?.subscribe(({ cluster, namespace }) =>
        listener({ cluster, namespace }),
      ),
    ];
    return () => [...ends, ...others].forEach(end => end?.());
  }

  /**
   * @param spec - what was asked for, when somebody asked.
   * @param selection - which workloads are meant, where the catalog says so.
   * @returns the status; `observed: false` when nothing of the service was seen, also in clusters that nobody configured.
   */
  async read(
    service: ServiceRef,
    spec?: MeshedServiceSpec,
    selection?: LabelSelector,
  ): Promise<MeshStatus> {
    const cluster = this.clusters.get(service.cluster);
    await cluster?.refresh();
    const { store } =
      cluster ?? unwatched(service.cluster, { settings: this.settings });
    const observation = {
      ...store.observe(service, selection),
      ...this.expected.of(service, spec),
    };
    return evaluateMeshStatus(
      spec,
      observation,
      this.traffic?.of(observation),
      this.now(),
    );
  }

  /** Asks now what is only asked now and then: who has just written it does not wait to see it. */
  async renew(
    service: ServiceRef,
    spec: MeshedServiceSpec,
    signal?: AbortSignal,
  ): Promise<void> {
    if (hasVaultRole(spec)) await this.vaultRoles?.renew(service, signal);
  }

  /** Brings the stores up to date whose source is read when it is asked: a folder. */
  async refresh(): Promise<void> {
    for (const cluster of this.clusters.values()) await cluster.refresh();
  }

  /** @returns whether a cluster of that name is configured. */
  knows(cluster: string): boolean {
    return this.clusters.has(cluster);
  }

  /**
   * @param where - a cluster or one namespace of it; absent: everywhere.
   * @returns the services that have been seen, whoever made them, by cluster, namespace and name.
   */
  async list(where?: {
    cluster: string;
    namespace?: string;
  }): Promise<ServiceRef[]> {
    const found: ServiceRef[] = [];
    const turns = new Turns(LONGEST_TURN);
    if (turns.isOver) await turns.pass();
    for (const { name: cluster, store, refresh } of this.clusters.values()) {
      if (where && where.cluster !== cluster) continue;
      await refresh();
      const namespaces =
        where?.namespace === undefined ? store.namespaces() : [where.namespace];
      for (const namespace of namespaces) {
        for (const each of store.services(namespace))
          found.push({ cluster, ...each });
        if (turns.isOver) await turns.pass();
      }
    }
    return found;
  }

  /** @returns every cluster, and how whole and how old what is known of it is. */
  async sources(): Promise<ClusterSummary[]> {
    const found: ClusterSummary[] = [];
    for (const cluster of this.clusters.values()) {
      await cluster.refresh();
      found.push(cluster.summary());
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
