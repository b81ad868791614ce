import { CelEngine, createCelJsEngine } from '../cel';
import { AdmissionBinding, PolicySet } from './AdmissionPolicy';
import { compilePolicy, parseDocument } from './compilePolicy';
import { InvalidPolicyError, PolicyProblem } from './InvalidPolicyError';
import { readYamlDocuments, YamlDocument } from './readYamlDocuments';
import {
  BindingObject,
  bindingSchema,
  PolicyObject,
  policySchema,
} from './schema';

type Parsed<T> = { document: YamlDocument; object: T };

/**
 * Loads policies, their bindings and their parameters from files, all or nothing.
 * @param files - texts by path; the paths only name things in messages
 * @throws InvalidPolicyError listing every problem with file and line
 * @public
 */
export function loadPolicies(
  files: ReadonlyMap<string, string>,
  engine: CelEngine = createCelJsEngine(),
): PolicySet {
  const problems: PolicyProblem[] = [];
  const documents = [...files].flatMap(([file, text]) =>
    collectingProblems(problems, () => readYamlDocuments(file, text)),
  );

  const bindings: Array<Parsed<BindingObject>> = [];
  const policies: Array<Parsed<PolicyObject>> = [];
  const params: unknown[] = [];
  for (const document of documents) {
    switch (kindOf(document.value)) {
      case 'ValidatingAdmissionPolicy': {
        const object = parseDocument(document, policySchema, problems);
        if (object) policies.push({ document, object });
        break;
      }
      case 'ValidatingAdmissionPolicyBinding': {
        const object = parseDocument(document, bindingSchema, problems);
        if (object) bindings.push({ document, object });
        break;
      }
      default:
        params.push(document.value);
    }
  }

  reportDuplicates(policies, problems);
  reportDuplicates(bindings, problems);
  const whole = problems.length === 0;
  const compiled = policies.flatMap(({ document, object }) => {
    const own = bindings.filter(
      binding => binding.object.spec.policyName === object.metadata.name,
    );
    const policy = compilePolicy(
      document,
      object,
      own.map(binding => bindingOf(binding.object)),
      engine,
      problems,
    );
    return policy ? [policy] : [];
  });
  if (whole) reportUnboundBindings(policies, bindings, problems);
  if (problems.length > 0) throw new InvalidPolicyError(problems);
  return { policies: compiled, params };
}

function bindingOf({ metadata, spec }: BindingObject): AdmissionBinding {
  const { validationActions, matchResources, paramRef } = spec;
  return {
    name: metadata.name,
    actions: validationActions,
    ...(matchResources ? { matchResources } : {}),
    ...(paramRef ? { paramRef } : {}),
  };
}

function reportDuplicates(
  parsed: ReadonlyArray<Parsed<{ kind: string; metadata: { name: string } }>>,
  problems: PolicyProblem[],
): void {
  const seen = new Map<string, string>();
  for (const { document, object } of parsed) {
    const { name } = object.metadata;
    const earlier = seen.get(name);
    if (earlier !== undefined)
      problems.push({
        file: document.file,
        line: document.lineOf(['metadata', 'name']),
        message: `${object.kind} ${name} is already in ${earlier}`,
      });
    seen.set(name, document.file);
  }
}

function reportUnboundBindings(
  policies: ReadonlyArray<Parsed<PolicyObject>>,
  bindings: ReadonlyArray<Parsed<BindingObject>>,
  problems: PolicyProblem[],
): void {
  const names = new Set(policies.map(({ object }) => object.metadata.name));
  bindings
    .filter(({ object }) => !names.has(object.spec.policyName))
    .forEach(({ document, object }) =>
      problems.push({
        file: document.file,
        line: document.lineOf(['spec', 'policyName']),
        message: `there is no ValidatingAdmissionPolicy ${object.spec.policyName}`,
      }),
    );
}

function kindOf(value: unknown): unknown {
  return typeof value === 'object' && value !== null && 'kind' in value
    ? value.kind
    : undefined;
}

function collectingProblems<T>(
  problems: PolicyProblem[],
  read: () => T[],
): T[] {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof InvalidPolicyError)) throw error;
    problems.push(...error.problems);
    return [];
  }
}
