import { aPolicyFile } from '../testUtils';
import { InvalidPolicyError, loadPolicies } from '.';

const problemsOf = (text: string) => {
  try {
    loadPolicies(new Map([['sample.yaml', text]]));
  } catch (error) {
    if (error instanceof InvalidPolicyError) return error.message.split('\n');
    throw error;
  }
  return [];
};

const valid = aPolicyFile(`  validations:
    - expression: has(object.data)`);

describe('loadPolicies', () => {
  it('takes a policy with its binding', () => {
    expect(problemsOf(valid)).toEqual([]);
  });

  it.each([
    [
      'no YAML',
      'kind: [',
      'sample.yaml:1: Flow sequence in block collection must be sufficiently indented and end with a ]',
    ],
    [
      'a key twice',
      'kind: A\nkind: B\n',
      'sample.yaml:2: Map keys must be unique',
    ],
    [
      'an unknown field',
      valid.replace(
        '  matchConstraints:',
        '  matchConstrains: {}\n  matchConstraints:',
      ),
      "sample.yaml:6: spec: Unrecognized key(s) in object: 'matchConstrains'",
    ],
    [
      'an unknown operation',
      valid.replace('CREATE', 'MAKE'),
      'sample.yaml:10: spec.matchConstraints.resourceRules.0.operations.0: Invalid enum value',
    ],
    [
      'a beta version',
      valid.replace(
        'k8s.io/v1\nkind: ValidatingAdmissionPolicy\n',
        'k8s.io/v1beta1\nkind: ValidatingAdmissionPolicy\n',
      ),
      'sample.yaml:1: apiVersion: Invalid literal value',
    ],
    [
      'no binding',
      valid.split('---')[0],
      'sample.yaml:4: metadata.name: no ValidatingAdmissionPolicyBinding names sample, so it would refuse nothing',
    ],
    [
      'a binding without policy',
      valid.replace('policyName: sample', 'policyName: other'),
      'there is no ValidatingAdmissionPolicy other',
    ],
    [
      'the same name twice',
      `${valid}\n---\n${valid}`,
      'ValidatingAdmissionPolicy sample is already in sample.yaml',
    ],
    [
      'a broken expression',
      valid.replace('has(object.data)', 'has(object.data'),
      'sample.yaml:13: spec.validations.0.expression: ',
    ],
    [
      'an expression that is no condition',
      valid.replace('has(object.data)', 'size(object.data)'),
      'sample.yaml:13: spec.validations.0.expression: gives int and not bool',
    ],
    [
      'an unknown variable',
      valid.replace('has(object.data)', 'variables.limit > 1'),
      'sample.yaml:13: spec.validations.0.expression: no variable limit stands before it',
    ],
    [
      'params without paramKind',
      valid.replace('has(object.data)', 'params.a == 1'),
      'sample.yaml:13: spec.validations.0.expression: cannot read params here',
    ],
    [
      'several lines without a message',
      valid.replace(
        'has(object.data)',
        '|-\n        has(object.data)\n        || true',
      ),
      'sample.yaml:13: spec.validations.0.expression: needs a message, because it has several lines',
    ],
    [
      'a message of several lines',
      `${valid.replace(
        'has(object.data)',
        'has(object.data)\n      message: "a\\nb"',
      )}`,
      'sample.yaml:14: spec.validations.0.message: must be one line',
    ],
    [
      'a word that YAML 1.1 reads as a boolean',
      valid.replace(
        'name: sample\nspec:\n  matchC',
        'name: sample\n  labels: {a: no}\nspec:\n  matchC',
      ),
      'sample.yaml:1: holds a value that YAML 1.1',
    ],
    [
      'a bomb of aliases',
      `a: &a [${'x,'.repeat(50)}]\nb: &b [${'*a,'.repeat(
        50,
      )}]\nc: &c [${'*b,'.repeat(50)}]\nd: [${'*c,'.repeat(50)}]`,
      'Excessive alias count',
    ],
    [
      'a file without end',
      ' '.repeat(600_000),
      'sample.yaml:1: is longer than 512000 characters',
    ],
  ])('refuses %s', (_what, text, problem) => {
    expect(problemsOf(text).join('\n')).toContain(problem);
  });

  it('lists every problem at once', () => {
    const text = aPolicyFile(`  validations:
    - expression: object.a.matches('(?=x)')
      message: Never.
    - expression: unknown == 1
      message: Never.`);
    expect(problemsOf(text)).toEqual([
      "sample.yaml:13: spec.validations.0.expression: an API server would refuse the pattern: error parsing regexp: invalid or unsupported Perl syntax: `(?=` (at '(?=x)'))",
      'sample.yaml:15: spec.validations.1.expression: Unknown variable: unknown (at unknown == 1)',
    ]);
  });
});
