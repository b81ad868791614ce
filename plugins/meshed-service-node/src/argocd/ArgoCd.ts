import type { ObjectRef } from '@meshway/plugin-meshed-service-common';

/**
 * What Meshway asks of Argo CD, by its custom resources; it has no other API of it.
 *
 * @public
 */
export interface ArgoCd {
  /**
   * @returns why an application may not be in a project: no such project, its destination, its source, or a kind that it
   *   would write; empty when it may.
   */
  objectionsOfProject(
    wanted: WantedApplication,
    options?: { signal?: AbortSignal },
  ): Promise<string[]>;

  /** @returns how an application is, or undefined when there is none. */
  readApplication(
    name: string,
    options?: { signal?: AbortSignal },
  ): Promise<ApplicationState | undefined>;
}

/** What an application would be. @public */
export type WantedApplication = {
  project: string;
  repositoryUrl: string;
  /** Address of the API server as Argo CD names the cluster. */
  destination: { server: string; namespace: string };
  /** Kinds that it would write; none are looked at when absent. */
  kinds?: ReadonlyArray<{ group: string; kind: string; namespaced: boolean }>;
};

/** @public */
export type ApplicationState = {
  ref: ObjectRef;
  uid: string;
  sync: 'Synced' | 'OutOfSync' | 'Unknown';
  health:
    | 'Healthy'
    | 'Progressing'
    | 'Degraded'
    | 'Suspended'
    | 'Missing'
    | 'Unknown';
  /** Commit that was synced last. */
  revision?: string;
  /** Conditions that Argo CD reports, as sentences. */
  messages: readonly string[];
  /** Being deleted, and waiting for its finalizer. */
  terminating: boolean;
};
