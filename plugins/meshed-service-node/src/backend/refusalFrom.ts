import {
  ConflictError,
  InputError,
  NotAllowedError,
  NotFoundError,
  ServiceUnavailableError,
} from '@backstage/errors';
import {
  Failure,
  problemSchema,
  violationSchema,
} from '@meshway/plugin-meshed-service-common';
import { z } from 'zod';
import { PreflightError } from '../provisioning';
import { GuardrailViolationError } from '../publishing';
import { SignInExpiredError, TooManyRequestsError } from './errors';

/** Backstage's own shape of an error; problems and violations stand beside name and message. */
const refusalSchema = z.object({
  error: z.object({
    name: z.string(),
    message: z.string(),
    problems: z.array(problemSchema).optional().catch(undefined),
    violations: z.array(violationSchema).optional().catch(undefined),
  }),
});

/** More would fill the log of a task, and nobody reads it. */
const LONGEST_MESSAGE = 20_000;

/** @returns why the backend refused, when it did so before its first step. */
export async function refusalFrom(
  response: Response,
  asked: string,
): Promise<Error> {
  const { status } = response;
  const text = await response.text().catch(() => '');
  const read = refusalSchema.safeParse(parsed(text));
  const failure: Failure = read.success
    ? { ...read.data.error, status }
    : {
        name: 'Error',
        message: `${asked} was answered with ${status}`,
        status,
      };
  return errorFrom(failure, asked, secondsFrom(response));
}

/** @returns a failure as the error that it was, by status, because names are not part of the agreement. */
export function errorFrom(
  { message: said, status, problems, violations }: Failure,
  asked: string,
  retryAfterSeconds?: number,
): Error {
  const message = said.slice(0, LONGEST_MESSAGE);
  if (violations?.length) return new GuardrailViolationError(violations);
  if (problems?.length) return new PreflightError(asked, problems);
  switch (status) {
    case 400:
    case 413:
      return new InputError(message);
    case 401:
      return new SignInExpiredError();
    case 403:
      return new NotAllowedError(message);
    case 404:
      return new NotFoundError(message);
    case 409:
      return new ConflictError(message);
    case 429:
      return new TooManyRequestsError(message, retryAfterSeconds);
    case 502:
    case 503:
    case 504:
      return new ServiceUnavailableError(message);
    default:
      return new Error(
        `${asked} failed in the backend (${status}), whose log has more: ${message}`,
      );
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** `Retry-After` in its form of seconds, the only one that our backend sends. */
function secondsFrom({ headers }: Response): number | undefined {
  const text = headers.get('Retry-After') ?? '';
  return /^\d{1,5}$/.test(text) ? Number(text) : undefined;
}
