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
    wanted: {
      project: string;
      repositoryUrl: string;
      destination: { server: string; namespace: string };
    },
    options?: { signal?: AbortSignal },
  ): Promise<string[]>;

  /** @returns how an application is, or undefined when there is none. */
  readApplication(
    name: string,
    options?: { signal?: AbortSignal },
  ): Promise<ApplicationState | undefined>;
}

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
