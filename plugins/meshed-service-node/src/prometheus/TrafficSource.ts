import type {
  AuditEvidence,
  AuditSubject,
  Observation,
  TrafficEvidence,
} from '@meshway/plugin-meshed-service-common';

/**
 * What is known of traffic. Reading asks nobody; whoever measures is asked in the background.
 *
 * @public
 */
export type TrafficSource = {
  /** @returns what was measured of a service; undefined when nothing measures its cluster. */
  of(observation: Observation): TrafficEvidence | undefined;
  /**
   * Asks, and waits: whom would enforcement deny? For a move that somebody is about to make, and for nothing else.
   *
   * @returns undefined when nothing measures the cluster; `insufficient` when it could not be asked.
   */
  audit(
    subject: AuditSubject & { cluster: string },
    options?: { signal?: AbortSignal },
  ): Promise<AuditEvidence | undefined>;
  /**
   * @param listener - told after a round in which who was seen has changed, and not when the same did the same again.
   * @returns how to stop listening.
   */
  subscribe(listener: (change: TrafficChange) => void): () => void;
  /** In place of `start`: asks once. What cannot be had is said in the evidence. */
  readOnce(signal?: AbortSignal): Promise<void>;
  start(): void;
  stop(): Promise<void>;
};

/** Where something of traffic has changed. @public */
export type TrafficChange = { cluster: string; namespace: string };
