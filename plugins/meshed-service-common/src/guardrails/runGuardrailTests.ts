import { judge } from './admit';
import { GuardrailCase, GuardrailPack, loaded } from './GuardrailPack';

/** What became of one test case of a rule. @public */
export type GuardrailTestResult = Pick<
  GuardrailCase,
  'code' | 'file' | 'line' | 'name'
> & {
  passed: boolean;
  /** What happened instead. */
  problem?: string;
};

/**
 * Runs the test cases that stand beside the rules, by all rules of the pack at once, those for the cluster included.
 * What a rule allows no other rule may refuse; what it denies it denies alone, so that a case shows its own rule.
 *
 * @public
 */
export function runGuardrailTests(pack: GuardrailPack): GuardrailTestResult[] {
  return pack[loaded].cases.map(one => {
    const { code, file, line, name } = one;
    const problem = problemOf(one, pack);
    return {
      code,
      file,
      line,
      name,
      passed: problem === undefined,
      ...(problem === undefined ? {} : { problem }),
    };
  });
}

function problemOf(
  { code, expects, objects, from, by, says }: GuardrailCase,
  pack: GuardrailPack,
): string | undefined {
  const violations = judge(objects, pack, () => true, { from, by });
  const found = violations.map(
    violation => `${violation.code} (${violation.message})`,
  );
  if (expects === 'allow')
    return found.length > 0 ? `refused by ${found.join(', ')}` : undefined;
  if (!violations.some(violation => violation.code === code))
    return found.length > 0
      ? `refused, but by ${found.join(', ')}`
      : 'not refused';
  if (violations.some(violation => violation.code !== code))
    return `refused by other rules, too: ${found.join(', ')}`;
  return says !== undefined &&
    !violations.some(({ message }) => message.includes(says))
    ? `refused without saying "${says}": ${found.join(', ')}`
    : undefined;
}
