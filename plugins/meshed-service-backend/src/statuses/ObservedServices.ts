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
  /** @param selector - which pods of the namespace are its own; those of its name when absent. */
  read(
    service: ServiceRef,
    spec: MeshedServiceSpec | undefined,
    selector?: LabelSelector,
  ): Promise<MeshStatus>;
  /** Whether a cluster of that name is configured. */
  knows(cluster: string): boolean;
  /** Services that have been seen, whoever made them. */
  list(): Promise<ServiceRef[]>;
  /** Brings sources up to date that are read when they are asked: snapshots. */
  refresh(): Promise<void>;
  /** @returns how to stop listening. */
  subscribe(listener: (change: ObservedChange) => void): () => void;
};
