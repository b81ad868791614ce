import { ServiceUnavailableError } from '@backstage/errors';

/**
 * No answer came, and none would: nobody listens there, the name is unknown, or the certificate does not hold.
 *
 * @public
 */
export class UnreachableError extends ServiceUnavailableError {}

/**
 * No answer came in time. What was asked for may have been done; repeating finds out.
 *
 * @public
 */
export class TimeLimitError extends ServiceUnavailableError {}

/**
 * The answer was longer than anything that is expected, and was not read to its end.
 *
 * @public
 */
export class AnswerTooLargeError extends ServiceUnavailableError {}
