import { isError } from '@backstage/errors';
import { SignInExpiredError } from '@meshway/plugin-meshed-service-node';

/** What a person can put right: the request, a permission, a taken name, a forge that is away. */
const forPeople = new Set([
  'AuthenticationError',
  'ConflictError',
  'GuardrailViolationError',
  'InputError',
  'InvalidGuardrailPackError',
  'InvalidSpecError',
  'NotAllowedError',
  'NotFoundError',
  'ServiceUnavailableError',
  'TooManyRequestsError',
]);

/**
 * Runs a step. The scaffolder writes the stack of an error into the task log; where a person can put it right, the log
 * shall hold the words alone. A broken machine keeps its stack.
 */
export async function inPlainWords(step: () => Promise<void>): Promise<void> {
  try {
    await step();
  } catch (caught) {
    const error = isUnauthenticated(caught)
      ? new SignInExpiredError(caught)
      : caught;
    if (isError(error) && forPeople.has(error.name))
      error.stack = `${error.name}: ${error.message}`;
    throw error;
  }
}

/**
 * Whether a part of the portal did not take the credentials that the task was started with: backend, catalog or permissions,
 * each in its own way. They are kept with the task and expire while it waits; Retry brings fresh ones.
 */
function isUnauthenticated(error: unknown): boolean {
  if (!isError(error) || error instanceof SignInExpiredError) return false;
  return (
    error.name === 'AuthenticationError' ||
    error.statusCode === 401 ||
    isUnauthenticated(error.cause)
  );
}
