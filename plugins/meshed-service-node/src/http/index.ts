/**
 * One request to another system, made so that every adapter waits, repeats, gives up and complains in the same way.
 *
 *   request (attempted, repeatable) ─► HttpSender.send ─► answer (any status)
 *              ▲                          │      └─► UnreachableError, TimeLimitError, AnswerTooLargeError
 *              └── full-jitter pause ◄────┘
 *   question without an end ─► openStream ─► status, headers, body as it comes
 *
 * In: what is sent, in words and in bytes. Out: what the server said last. What an answer *means* is the adapter's
 * business; that a body, a header or a query never stands in an error is this room's. Time, chance and waiting are
 * handed in, so that no test waits.
 */
export { HttpSender } from './HttpSender';
export type { HttpAnswer, HttpRequest } from './HttpSender';
export { defaultRequestLimits } from './RequestLimits';
export type { RequestLimits } from './RequestLimits';
export { systemClock } from './Clock';
export type { Clock } from './Clock';
export { Secret } from './Secret';
export {
  AnswerTooLargeError,
  TimeLimitError,
  UnreachableError,
} from './errors';
export { ended, oneLine, sentence } from './words';
export { Dispatchers } from './Dispatchers';
export type { TlsSettings } from './Dispatchers';
export { isLoopback } from './loopback';
export { isPassing } from './HttpSender';
export { openStream } from './openStream';
export type { StreamedAnswer, StreamRequest } from './openStream';
export { brokenLine } from './brokenLine';
export { retryAfter, whenToRepeat } from './pauses';
