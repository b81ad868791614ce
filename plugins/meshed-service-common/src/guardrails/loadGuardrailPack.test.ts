import { InvalidGuardrailPackError, loadGuardrailPack } from '.';
import { aGuardrailPackFolder } from '../testUtils';

const problemsOf = (files: ReadonlyMap<string, string>) => {
  try {
    loadGuardrailPack(files);
  } catch (error) {
    if (!(error instanceof InvalidGuardrailPackError)) throw error;
    return error.message.split('\n').slice(1);
  }
  return [];
};

/** The folder with one text replaced in one file; `undefined` takes the file away. */
const broken = (file: string, from?: string, to = '') => {
  const files = new Map(aGuardrailPackFolder());
  const text = files.get(file) ?? '';
  if (from === undefined) files.delete(file);
  else {
    if (!text.includes(from)) throw new Error(`${file} does not hold ${from}`);
    files.set(
      file,
      text.replace(from, () => to),
    );
  }
  return files;
};
const added = (file: string, text: string) =>
  new Map([...aGuardrailPackFolder(), [file, text]]);

describe('loadGuardrailPack', () => {
  it('reads what the rules say to people', () => {
    const { name, version, digest, guardrails } = loadGuardrailPack(
      aGuardrailPackFolder(),
    );
    expect({ name, version, digest, guardrails }).toEqual({
      name: 'sample',
      version: '1.0.0',
      digest: expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
      guardrails: [
        {
          code: 'MSG901',
          name: 'sample.small',
          title: 'Settings are few',
          why: 'Few settings are read.',
          fix: 'Leave one setting.',
          docs: 'docs/guardrails.md#msg901-settings-are-few',
          severity: 'high',
          holds: 'everywhere',
          file: 'small.yaml',
        },
      ],
    });
  });

  it('gives one digest to the same files in any order, and another to any other', () => {
    const digestOf = (files: ReadonlyMap<string, string>) =>
      loadGuardrailPack(files).digest;
    const same = new Map([...aGuardrailPackFolder()].reverse());
    expect(digestOf(same)).toBe(digestOf(aGuardrailPackFolder()));
    expect(digestOf(added('README.md', 'For people.'))).toBe(digestOf(same));
    expect(digestOf(broken('small.yaml', 'one setting', 'a setting'))).not.toBe(
      digestOf(same),
    );
  });

  it.each([
    [
      'nothing',
      new Map<string, string>(),
      'pack.yaml:1: holds no rule, and nothing may be written without rules',
    ],
    [
      'a pack without a name',
      broken('pack.yaml'),
      'pack.yaml:1: is missing; it gives the pack its name and version',
    ],
    [
      'a version that is a number',
      broken('pack.yaml', '"1.0.0"', '1.0'),
      'pack.yaml:2: version: Expected string, received number',
    ],
    [
      'a file that is no YAML',
      broken('small.yaml', 'kind: Valid', 'kind: [Valid'),
      'small.yaml:',
    ],
    [
      'a rule without a reason',
      broken('small.yaml', '    meshway.dev/why: Few settings are read.\n'),
      'small.yaml:4: the annotation meshway.dev/why is missing',
    ],
    [
      'a rule without a code',
      broken('small.yaml', 'code: MSG901', 'code: ""'),
      'small.yaml:4: the annotation meshway.dev/code is missing',
    ],
    [
      'a code of another family',
      broken('small.yaml', 'MSG901', 'MSC001'),
      'small.yaml:4: meshway.dev/code: MSC001 is no code such as MSG001',
    ],
    [
      'a place that is unknown',
      broken('small.yaml', 'everywhere', 'sometimes'),
      'small.yaml:4: meshway.dev/holds: sometimes is unknown; write everywhere, portal, cluster',
    ],
    [
      'a severity that is unknown',
      broken('small.yaml', 'severity: high', 'severity: bad'),
      'small.yaml:4: meshway.dev/severity: bad is unknown; write critical, high, medium',
    ],
    [
      'a rule that forgives',
      broken('small.yaml', 'failurePolicy: Fail', 'failurePolicy: Ignore'),
      'small.yaml:4: failurePolicy must be Fail: a rule that cannot be judged refuses',
    ],
    [
      'a rule that only warns',
      broken('small.yaml', '[Deny]', '[Warn]'),
      'small.yaml:4: binding sample.small does not Deny, so it would refuse nothing',
    ],
    [
      'a rule for the portal that a cluster would obey',
      broken('small.yaml', 'everywhere', 'portal'),
      'small.yaml:4: binding sample.small needs the objectSelector meshway.dev/judged-in: portal',
    ],
    [
      'an expression that does not compile',
      broken('small.yaml', 'size(object.data)', 'size(object.data'),
      'small.yaml:22: spec.validations.0.expression: ',
    ],
    [
      'an expression that no cluster has',
      broken('small.yaml', 'size(object.data) <= 1', "now() == '2026'"),
      'small.yaml:22: spec.validations.0.expression: now() is not among the functions that rules may use',
    ],
    [
      'a rule without tests',
      broken('small.test.yaml'),
      'small.yaml:1: MSG901 has no tests; small.test.yaml is missing',
    ],
    [
      'tests without a refusal',
      broken('small.test.yaml', 'deny:', 'allow:'),
      'small.test.yaml:1: no case shows what MSG901 would deny',
    ],
    [
      'a case that says nothing',
      broken('small.test.yaml', 'deny:', 'refuse:'),
      "small.test.yaml:8: cases.1: Unrecognized key(s) in object: 'refuse'",
    ],
    [
      'tests of no rule',
      added('other.test.yaml', 'cases: []'),
      'other.test.yaml:1: stands beside no rule',
    ],
    [
      'a code twice',
      new Map([...aGuardrailPackFolder(), ...aGuardrailPackFolder('second')]),
      'second.yaml:4: MSG901 is already the code of small.yaml',
    ],
    [
      'two rules in a file',
      added(
        'small.yaml',
        `${aGuardrailPackFolder().get('small.yaml')}---\n${aGuardrailPackFolder(
          'second',
        ).get('second.yaml')}`,
      ),
      'small.yaml:36: holds 2 ValidatingAdmissionPolicies; a file holds one',
    ],
    [
      'something else beside the rules',
      added('map.yaml', 'apiVersion: v1\nkind: ConfigMap\n'),
      'map.yaml:1: holds 0 ValidatingAdmissionPolicies; a file holds one',
    ],
    [
      'a pack with two names',
      added('pack.yaml', 'name: a\nversion: "1.0.0"\n---\nname: b\n'),
      'pack.yaml:4: holds a second document; a pack has one name',
    ],
    [
      'a prototype',
      added('pack.yaml', 'name: a\nversion: "1.0.0"\n__proto__: {x: 1}\n'),
      "pack.yaml:1: the document: Unrecognized key(s) in object: '__proto__'",
    ],
    [
      'a key twice',
      broken('small.yaml', 'kind: Valid', 'kind: Twice\nkind: Valid'),
      'small.yaml:3: Map keys must be unique',
    ],
    [
      'a bomb of aliases',
      added('small.yaml', aliasBomb()),
      'Excessive alias count indicates a resource exhaustion attack',
    ],
    [
      'a file beyond its size',
      added('small.yaml', '#'.repeat(600_000)),
      'small.yaml:1: is longer than 512000 characters',
    ],
    [
      'more files than a pack has',
      new Map(
        Array.from({ length: 1001 }, (_, index) => [`${index}.yaml`, '']),
      ),
      'pack.yaml:1: more than 1000 files',
    ],
    [
      'what is nested without end',
      added('small.yaml', '['.repeat(100_000)),
      'small.yaml:1: ',
    ],
  ])('refuses %s', (_what, files, problem) => {
    expect(problemsOf(files).join('\n')).toContain(problem);
  });

  it('tells no more problems than somebody reads', () => {
    const many = Array.from({ length: 60 }, () => 'a: 1').join('\n');
    expect(problemsOf(added('small.yaml', many))).toHaveLength(51);
  });
});

function aliasBomb(): string {
  const levels = ['a: &a [x, x, x, x, x, x, x, x, x, x]'];
  for (const [one, next] of ['ab', 'bc', 'cd', 'de', 'ef'])
    levels.push(`${next}: &${next} [${Array(10).fill(`*${one}`).join(', ')}]`);
  return `${levels.join('\n')}\n`;
}
