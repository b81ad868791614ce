import { ZodIssue, ZodType, ZodTypeDef } from 'zod';
import { CelCompileError, CelEngine, CelProgram, CelVariable } from '../cel';
import { AdmissionBinding, AdmissionPolicy } from './AdmissionPolicy';
import { PolicyProblem } from './InvalidPolicyError';
import { YamlDocument } from './readYamlDocuments';
import { PolicyObject } from './schema';

type Path = ReadonlyArray<string | number>;
type Collect = (path: Path, message: string) => void;

/** @returns the document as what the schema describes, or undefined after reporting each problem with its line. */
export function parseDocument<Output>(
  document: YamlDocument,
  schema: ZodType<Output, ZodTypeDef, unknown>,
  problems: PolicyProblem[],
): Output | undefined {
  const parsed = schema.safeParse(document.value);
  if (parsed.success) return parsed.data;
  parsed.error.issues.forEach(issue =>
    problems.push({
      file: document.file,
      line: document.lineOf(pathOf(issue)),
      message: `${issue.path.join('.') || 'the document'}: ${issue.message}`,
    }),
  );
  return undefined;
}

/** An unknown key is reported at the key itself. */
function pathOf(issue: ZodIssue): Path {
  return issue.code === 'unrecognized_keys'
    ? [...issue.path, issue.keys[0]]
    : issue.path;
}

/** @returns the policy with its expressions compiled, or undefined after reporting each problem with its line. */
export function compilePolicy(
  document: YamlDocument,
  object: PolicyObject,
  bindings: readonly AdmissionBinding[],
  engine: CelEngine,
  problems: PolicyProblem[],
): AdmissionPolicy | undefined {
  const before = problems.length;
  const report: Collect = (path, message) =>
    problems.push({
      file: document.file,
      line: document.lineOf(path),
      message: `${path.join('.')}: ${message}`,
    });
  const { spec } = object;
  const known = new Set<string>();

  const compile = (
    path: Path,
    source: string,
    gives: readonly string[],
    mayRead: readonly CelVariable[],
  ): CelProgram | undefined => {
    try {
      const program = engine.compile(source);
      if (gives.length > 0 && !['dyn', ...gives].includes(program.gives))
        report(path, `gives ${program.gives} and not ${gives.join(' or ')}`);
      program.reads
        .filter(name => !mayRead.includes(name))
        .forEach(name => report(path, `cannot read ${name} here`));
      program.readsVariables
        .filter(name => !known.has(name))
        .forEach(name => report(path, `no variable ${name} stands before it`));
      return program;
    } catch (error) {
      if (!(error instanceof CelCompileError)) throw error;
      report(path, describe(error, source));
      return undefined;
    }
  };

  const basics: CelVariable[] = ['object', 'oldObject', 'request'];
  const all: CelVariable[] = [
    ...basics,
    'namespaceObject',
    'variables',
    ...(spec.paramKind ? (['params'] as const) : []),
  ];

  const matchConditions = spec.matchConditions.flatMap((condition, index) => {
    const path = ['spec', 'matchConditions', index, 'expression'];
    const program = compile(path, condition.expression, ['bool'], basics);
    return program ? [{ name: condition.name, program }] : [];
  });
  const variables = spec.variables.flatMap((variable, index) => {
    const path = ['spec', 'variables', index, 'expression'];
    const program = compile(path, variable.expression, [], all);
    if (known.has(variable.name))
      report(
        ['spec', 'variables', index, 'name'],
        'is the name of an earlier variable',
      );
    known.add(variable.name);
    return program ? [{ name: variable.name, program }] : [];
  });
  const validations = spec.validations.flatMap((validation, index) => {
    const path = ['spec', 'validations', index, 'expression'];
    const { expression, message, messageExpression } = validation;
    if (message === undefined && expression.trim().includes('\n'))
      report(path, 'needs a message, because it has several lines');
    const program = compile(path, expression, ['bool'], all);
    const messageProgram =
      messageExpression === undefined
        ? undefined
        : compile(
            ['spec', 'validations', index, 'messageExpression'],
            messageExpression,
            ['string'],
            all,
          );
    return program
      ? [
          {
            program,
            reason: validation.reason ?? 'Invalid',
            ...(message === undefined ? {} : { message }),
            ...(messageProgram ? { messageProgram } : {}),
          },
        ]
      : [];
  });

  if (bindings.length === 0)
    report(
      ['metadata', 'name'],
      `no ValidatingAdmissionPolicyBinding names ${object.metadata.name}, so it would refuse nothing`,
    );
  bindings.forEach(binding => {
    if (Boolean(binding.paramRef) !== Boolean(spec.paramKind))
      report(
        ['metadata', 'name'],
        `binding ${binding.name}: paramKind and paramRef go together`,
      );
  });
  if (problems.length > before) return undefined;
  return {
    name: object.metadata.name,
    annotations: object.metadata.annotations ?? {},
    file: document.file,
    line: document.lineOf(['metadata', 'name']),
    failurePolicy: spec.failurePolicy,
    ...(spec.paramKind ? { paramKind: spec.paramKind } : {}),
    matchConstraints: spec.matchConstraints,
    matchConditions,
    variables,
    validations,
    bindings,
  };
}

function describe(error: CelCompileError, source: string): string {
  const excerpt = source
    .slice(error.offset, error.offset + 40)
    .split('\n')[0]
    .trim();
  return excerpt ? `${error.message} (at ${excerpt})` : error.message;
}
