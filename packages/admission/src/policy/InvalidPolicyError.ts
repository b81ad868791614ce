/** One thing that is wrong in a file. `line` counts from 1. @public */
export type PolicyProblem = {
  readonly file: string;
  readonly line: number;
  readonly message: string;
};

/** Files that are no usable policies. Its message lists every problem as `file:line: sentence`. @public */
export class InvalidPolicyError extends Error {
  readonly problems: readonly PolicyProblem[];

  constructor(problems: readonly PolicyProblem[]) {
    super(problems.map(formatPolicyProblem).join('\n'));
    this.name = 'InvalidPolicyError';
    this.problems = problems;
  }
}

/** `guardrails/identity.yaml:12: sentence`. @public */
export function formatPolicyProblem(problem: PolicyProblem): string {
  return `${problem.file}:${problem.line}: ${problem.message}`;
}
