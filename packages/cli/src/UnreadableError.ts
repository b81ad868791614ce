/** An input that cannot be read, or a command line that cannot be meant: exit code 2. */
export class UnreadableError extends Error {
  readonly name = 'UnreadableError';
}
