import { ErrorLike, isError } from '@backstage/errors';
import { exitCodes } from './exitCodes';
import { inOurWords } from './inOurWords';

/** Errors that say no, by name; errors of the core carry their name over package borders. */
const refusals = new Set([
  'GuardrailViolationError',
  'ConflictError',
  'NotAllowedError',
]);

/** Time, or somebody else, may help. */
const unavailable = new Set(['ServiceUnavailableError']);

const systemErrors: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder',
  EACCES: 'may not be read or written',
  EPERM: 'may not be changed',
  EISDIR: 'is a folder; name a file',
  ENOTDIR: 'is a file; name a folder',
  EROFS: 'lies on a file system that cannot be written',
  ENOSPC: 'no space is left',
  ELOOP: 'is a link that leads to itself',
  ENAMETOOLONG: 'has a name that is too long',
};

/** What the operating system said; its failures are no bugs of ours, known or not. */
function reasonOf(error: ErrorLike): string | undefined {
  if (typeof error.code !== 'string') return undefined;
  return (
    systemErrors[error.code] ??
    (typeof error.syscall === 'string'
      ? `the system refuses it (${error.code})`
      : undefined)
  );
}

/** @returns what to print for an error, and the exit code. A stack only where the machine is broken. */
export function describeFailure(error: unknown): {
  text: string;
  code: number;
} {
  if (!isError(error))
    return { text: `meshway: ${String(error)}`, code: exitCodes.unreadable };
  if (error.name === 'InterruptedError')
    return { text: error.message, code: Number(error.exitCode) };
  if (unavailable.has(error.name))
    return { text: inOurWords(error.message), code: exitCodes.unavailable };
  // A spec, and a pre-flight, name everything that is wrong with them.
  if (refusals.has(error.name) || Array.isArray(error.problems))
    return { text: inOurWords(error.message), code: exitCodes.refused };
  const reason = reasonOf(error);
  if (reason)
    return {
      text: `${String(error.path ?? 'A file')}: ${reason}`,
      code: exitCodes.unreadable,
    };
  const known = error.name.endsWith('Error') && error.name !== 'Error';
  const bug =
    !known ||
    ['TypeError', 'RangeError', 'ReferenceError'].includes(error.name);
  return {
    text: bug
      ? `meshway broke; please report this:\n${String(
          error.stack ?? error.message,
        )}`
      : inOurWords(error.message),
    code: exitCodes.unreadable,
  };
}
