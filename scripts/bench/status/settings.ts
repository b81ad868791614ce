/** The rows of issue 5, as they are asked for by name. */
export const rowNames = [
  'read',
  'batch',
  'memory',
  'start',
  'change',
  'peer',
] as const;

export type RowName = (typeof rowNames)[number];

/** What `./dev bench status` was told. */
export type Settings = {
  rows: readonly RowName[];
  /** For `read` and `batch`. */
  services: number;
  /** For `memory`, `start`, `change` and `peer`. */
  pods: number;
  rounds: number;
  /** Of each target in each round. */
  reads: number;
  json: boolean;
};
