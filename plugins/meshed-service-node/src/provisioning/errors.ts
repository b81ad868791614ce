import type { Problem } from '@meshway/plugin-meshed-service-common';

/** By what a caller should do about it, the most telling first. Names are those of Backstage's errors. */
const names: ReadonlyArray<[string, ReadonlyArray<Problem['code']>]> = [
  ['ConflictError', ['name-taken', 'field-conflict', 'namespace-terminating']],
  ['NotAllowedError', ['permission-missing', 'vault-capability-missing']],
  ['InputError', ['project-objects', 'quota-exceeded', 'refused-by-cluster']],
];

/**
 * Pre-flight found reasons why an operation would not work: all of them. Nothing was written.
 *
 * @public
 */
export class PreflightError extends Error {
  readonly name: string;
  readonly problems: readonly Problem[];

  constructor(what: string, problems: readonly Problem[]) {
    super(
      `${what} would not work; nothing was written.\n${problems
        .map(({ message, fix }) => `${message} ${fix}`)
        .join('\n')}`,
    );
    this.problems = problems;
    this.name =
      names.find(([, codes]) =>
        problems.some(({ code }) => codes.includes(code)),
      )?.[0] ?? 'ServiceUnavailableError';
  }
}

/**
 * Something is somebody else's, or has been touched by somebody else meanwhile.
 *
 * @public
 */
export class ProvisioningConflictError extends Error {
  readonly name = 'ConflictError';
}
