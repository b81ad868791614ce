import { isError } from '@backstage/errors';

/** What a person can put right: the request, a permission, a taken name, a forge that is away. */
const forPeople = new Set([
  'ConflictError',
  'GuardrailViolationError',
  'InputError',
  'InvalidGuardrailPackError',
  'InvalidSpecError',
  'NotAllowedError',
  'NotFoundError',
  'ServiceUnavailableError',
]);

/**
 * Runs a step. The scaffolder writes the stack of an error into the task log; where a person can put it right, the log
 * shall hold the words alone. A broken machine keeps its stack.
 */
export async function inPlainWords(step: () => Promise<void>): Promise<void> {
  try {
    await step();
  } catch (error) {
    if (isError(error) && forPeople.has(error.name))
      error.stack = `${error.name}: ${error.message}`;
    throw error;
  }
}
