import { formatPolicyProblem } from '@meshway/admission';
import type { PolicyProblem } from '@meshway/admission';

/** One thing that is wrong in a file of a pack. @public */
export type GuardrailPackProblem = PolicyProblem;

/** A message is for people; `problems` holds all. */
const mostTold = 50;

/**
 * A pack that cannot be used. Nothing may be written until it is whole. The message lists its problems as
 * `file:line: sentence`, the first fifty of them.
 *
 * @public
 */
export class InvalidGuardrailPackError extends Error {
  readonly problems: readonly GuardrailPackProblem[];

  constructor(problems: readonly GuardrailPackProblem[]) {
    const rest = problems.length - mostTold;
    super(
      [
        'The guardrail pack is broken:',
        ...problems.slice(0, mostTold).map(formatPolicyProblem),
        ...(rest > 0 ? [`and ${rest} more problems`] : []),
      ].join('\n'),
    );
    this.name = 'InvalidGuardrailPackError';
    this.problems = problems;
  }
}
