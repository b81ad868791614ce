import { formatPolicyProblem } from '@meshway/admission';
import type { PolicyProblem } from '@meshway/admission';

/** One thing that is wrong in a file of a pack. @public */
export type GuardrailPackProblem = PolicyProblem;

/**
 * A pack that cannot be used. Nothing may be written until it is whole. The message lists every problem as
 * `file:line: sentence`.
 *
 * @public
 */
export class InvalidGuardrailPackError extends Error {
  readonly problems: readonly GuardrailPackProblem[];

  constructor(problems: readonly GuardrailPackProblem[]) {
    super(
      [
        'The guardrail pack is broken:',
        ...problems.map(formatPolicyProblem),
      ].join('\n'),
    );
    this.name = 'InvalidGuardrailPackError';
    this.problems = problems;
  }
}
