/** What is asked, again and again: one of the requests after the other. */
export type Target = {
  name: string;
  token?: string;
  requests: Array<{ address: string; body?: string }>;
};

export type ReadingSettings = {
  targets: Target[];
  rounds: number;
  /** Requests to each target in one round. */
  reads: number;
  /** Before the first round; not measured. */
  warmUp: number;
};

/** Milliseconds of every request: of each target, of each round. */
export type ReadingTimes = Record<string, number[][]>;
