import type { StreamedAnswer } from '../../http';

/** What is asked of an API server, to be answered as a stream. @public */
export type FeedQuestion = {
  /** As in "watching pods in cluster eu-1". */
  attempted: string;
  path: string;
  query?: Record<string, string | undefined>;
  accept?: string;
  /** Longest wait until the answer begins. */
  answerMilliseconds: number;
  signal: AbortSignal;
};

/**
 * Where lists and watches come from: an API server, or whatever replays one.
 *
 * @public
 */
export type Feed = {
  /** @throws when no answer begins. Any status is an answer. */
  open(question: FeedQuestion): Promise<StreamedAnswer>;
  /** The credentials were refused: newer ones are read at the next question. */
  renew(): void;
  close(): Promise<void>;
};
