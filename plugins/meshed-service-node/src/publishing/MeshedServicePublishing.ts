import type {
  DerivedName,
  FieldChange,
  GuardrailPack,
  MeshedServiceSpec,
  Violation,
} from '@meshway/plugin-meshed-service-common';
import type { MeshedServiceConfig } from '../config';
import type { Author, Forge, ProposedChange } from '../forge';
import type { Claim, Registry } from '../registry';

/**
 * What a team asked for, exactly as it came in.
 *
 * @public
 */
export type ServiceRequest = {
  /** Original values: every step parses them again, so that nothing that an earlier step did has to be trusted. */
  service: unknown;
  /** Name of a configured skeleton; the first when absent. */
  skeleton?: string;
  /** Entity reference and version of the template that asked; stands in the stamp. */
  template: { ref: string; version: string };
};

/**
 * In whose name a write is done. Kept out of the request, because it never comes from the same hands.
 *
 * @public
 */
export type WriteOptions = {
  author: Author;
  /** Creation facts, from credentials and clock of the caller. Written once; a repeat reads them back. */
  created: { by: string; at: string; task?: string };
  /** The user's own token for the forge; the portal's credentials are used when absent. */
  token?: string;
  /** Why, in the user's words: stands in the description of a proposed change, or in the commit. */
  reason?: string;
  signal?: AbortSignal;
  /** Told what is about to be done, for logs. */
  onStep?: (step: string) => void;
};

/**
 * One file of a service's repository after a write.
 *
 * @public
 */
export type ReceiptFile = {
  path: string;
  ownership: 'managed' | 'shared' | 'team';
  /** sha256 of what Meshway manages. */
  digest?: string;
};

/**
 * What a write did.
 *
 * @public
 */
export type Receipt = {
  /** `<cluster>/<namespace>/<name>`. */
  service: string;
  outcome: 'created' | 'unchanged' | 'proposed' | 'changed';
  repository: string;
  branch: string;
  commit: string;
  /** Address for people. */
  html: string;
  /** Address for `git clone`. */
  clone: string;
  files: ReceiptFile[];
  /** With outcome `proposed`. */
  change?: ProposedChange;
};

/**
 * What a write would do to one file.
 *
 * `conflict`: a managed file was edited by hand or is not ours. `kept`: a file of the team, which a write never touches.
 *
 * @public
 */
export type PlannedFile = {
  path: string;
  ownership: 'managed' | 'team';
  action: 'create' | 'change' | 'remove' | 'unchanged' | 'conflict' | 'kept';
  /** With `change` and `conflict`: the fields that differ, where the file is an object; in the stamp, what was asked for. */
  changes?: FieldChange[];
};

/**
 * What a write would do. Nothing has been written.
 *
 * @public
 */
export type ServicePlan = {
  service: string;
  spec: MeshedServiceSpec;
  /** `change`: the service exists with other answers; propose a change. `taken`: the name belongs to somebody else. */
  outcome: 'create' | 'unchanged' | 'change' | 'taken';
  repository: { name: string; html: string; clone: string };
  files: PlannedFile[];
  violations: Violation[];
  /** Who holds the name, with outcome `taken`. */
  takenBy?: Claim;
  /** Why, and what to do, with outcome `taken`. */
  takenBecause?: string;
  names: DerivedName[];
};

/**
 * The ask flow from a parsed request on: one instance per plugin, made from configuration.
 *
 * @public
 */
export interface MeshedServicePublishing {
  readonly config: MeshedServiceConfig;
  readonly forge: Forge;
  readonly registry: Registry;
  /**
   * Reads the rules that every write is held to.
   * @throws InputError naming file and line when the pack is missing or broken: then nothing may be written.
   */
  guardrails(): Promise<GuardrailPack>;
  /** Writes nothing. */
  plan(
    request: ServiceRequest,
    options?: { signal?: AbortSignal },
  ): Promise<ServicePlan>;
  /**
   * Claims the name and makes the repository. Safe to repeat, to interrupt and to run twice at once.
   *
   * @throws InvalidSpecError, GuardrailViolationError, ConflictError (the name is taken, or the service exists with
   *   other answers), ForgeUnavailableError (repeat later).
   */
  publish(request: ServiceRequest, options: WriteOptions): Promise<Receipt>;
  /** Proposes what differs in the managed files as a change for review. Repeating it updates the same change. */
  propose(request: ServiceRequest, options: WriteOptions): Promise<Receipt>;
  /** Commits what differs in the managed files straight to the service's branch: only for what must not wait for a review. */
  change(request: ServiceRequest, options: WriteOptions): Promise<Receipt>;
}
