/**
 * How long a request may take, and how often it is sent.
 *
 * @public
 */
export type RequestLimits = {
  /** Longest wait for one answer, to its last byte. */
  requestMilliseconds: number;
  /** Longest wait for one request with all its repetitions and pauses. */
  totalMilliseconds: number;
  /** How often a request that may be repeated is sent at most. */
  attempts: number;
  /** Upper bound of the first pause; it doubles with each attempt, up to twenty times itself. */
  pauseMilliseconds: number;
};

/** @public */
export const defaultRequestLimits: RequestLimits = {
  requestMilliseconds: 10_000,
  totalMilliseconds: 120_000,
  attempts: 6,
  pauseMilliseconds: 500,
};
