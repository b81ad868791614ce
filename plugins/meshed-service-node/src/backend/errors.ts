import {
  AuthenticationError,
  ServiceUnavailableError,
} from '@backstage/errors';

/**
 * The user's sign-in does not count any more, so nothing further was written.
 *
 * @public
 */
export class SignInExpiredError extends AuthenticationError {
  constructor(cause?: unknown) {
    super(
      'The sign-in of whoever started this has expired, so it stopped before its next write. Sign in and press Retry: it goes on where it stopped.',
      cause,
    );
  }
}

/**
 * The backend wants to be asked later.
 *
 * @public
 */
export class TooManyRequestsError extends Error {
  readonly name = 'TooManyRequestsError';

  constructor(message: string, readonly retryAfterSeconds: number | undefined) {
    super(message);
  }
}

/**
 * The answer ended before its outcome: what became of the request is not known, and repeating it finds out.
 *
 * @public
 */
export class ConnectionCutError extends ServiceUnavailableError {}

/**
 * The answer is not of the agreed shape: another version, or something else at that address.
 *
 * @public
 */
export class MalformedAnswerError extends ServiceUnavailableError {}
