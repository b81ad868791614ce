import type {
  LabelSelector,
  MeshedServiceSpec,
  MeshStatus,
  ServiceRef,
} from '@meshway/plugin-meshed-service-common';

/** What may have changed: something in one namespace of a cluster, or anything there. */
export type ObservedChange = { cluster: string; namespace?: string };

/** The observing side: what stores and their sources know. */
export type ObservedServices = {
  /** @param selection - which workloads are meant, where the catalog says so. */
  read(
    service: ServiceRef,
    spec: MeshedServiceSpec | undefined,
    selection?: LabelSelector,
  ): Promise<MeshStatus>;
  /** Whether a cluster of that name is configured. */
  knows(cluster: string): boolean;
  /**
   * @param where - absent: everywhere.
   * @returns services that have been seen, whoever made them.
   */
  list(where?: ObservedChange): Promise<ServiceRef[]>;
  /** Brings sources up to date that are read when they are asked: snapshots. */
  refresh(): Promise<void>;
  /** @returns how to stop listening. */
  subscribe(listener: (change: ObservedChange) => void): () => void;
};
