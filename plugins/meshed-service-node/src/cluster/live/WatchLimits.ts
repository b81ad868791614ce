/**
 * How long the live source waits for what, in milliseconds.
 *
 * @public
 */
export type WatchLimits = {
  /** Until an answer begins. */
  answer: number;
  /** For which a watch may be quiet; the server sends a bookmark each minute. */
  quiet: number;
  /** Of one watch, between these two, as the server is asked to end it. */
  watch: readonly [shortest: number, longest: number];
  /** Bounds of the pause after a failure; it doubles in between. */
  pause: readonly [first: number, longest: number];
  /** Between two attempts at something that was forbidden. */
  forbidden: readonly [first: number, longest: number];
  /** Between two looks whether a kind is served, where the cluster does not tell. */
  lookAgain: number;
  /** Until the server says whether it is ready. */
  readiness: number;
  /** Between two questions whether it is ready: while all is well, while somebody waits, and while it is not. */
  beat: { ready: number; waiting: number; lost: number };
  /** A watch that lasted that long has worked. */
  worked: number;
  /** Objects of one page, where the server offers no streams. */
  page: number;
  /** Longest piece of work before others get their turn. */
  turn: number;
};

/** @public */
export const defaultWatchLimits: WatchLimits = {
  answer: 10_000,
  quiet: 90_000,
  watch: [300_000, 600_000],
  pause: [500, 30_000],
  forbidden: [2_000, 30_000],
  lookAgain: 30_000,
  readiness: 4_000,
  beat: { ready: 3_000, waiting: 1_500, lost: 1_000 },
  worked: 5_000,
  page: 100,
  turn: 8,
};

/** Longest line of a stream: an object is at most a few MiB in etcd, and JSON makes it no more than some times larger. */
export const LONGEST_LINE = 32 * 1024 * 1024;

/** Longest page of a list. */
export const LONGEST_PAGE = 256 * 1024 * 1024;
