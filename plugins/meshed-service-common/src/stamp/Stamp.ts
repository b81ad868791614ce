import type { Instant } from '../model';
import type { MeshedServiceSpec } from '../spec';

/** Who may change a file: the portal alone, both, or the team alone. @public */
export const ownerships = ['managed', 'shared', 'team'] as const;
/** Who may change a file. @public */
export type Ownership = (typeof ownerships)[number];

/** A file that was written when the service was made. @public */
export type StampedFile = {
  path: string;
  ownership: Ownership;
  /** Of a managed file's content; the stamp itself has none. */
  digest?: string;
};

/** How a service came to be. Written once, and read back by every later run. @public */
export type Creation = {
  /** Entity reference of the user. */
  by: string;
  at: Instant;
  /** Id of the scaffolder task; undefined when no portal was involved. */
  task?: string;
};

/**
 * The record of a service in its repository: what was asked for, by which versions it was made, who owns which file.
 * @public
 */
export type Stamp = {
  apiVersion: string;
  kind: string;
  metadata: { name: string };
  spec: MeshedServiceSpec;
  status: {
    template: { ref: string; version: string };
    /** Over all managed files; equal digests mean that nothing would change. */
    renderedDigest: string;
    guardrails: { pack: string; digest: string };
    created: Creation;
    files: StampedFile[];
  };
};
