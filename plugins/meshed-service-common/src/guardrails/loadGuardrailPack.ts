import {
  AdmissionPolicy,
  InvalidPolicyError,
  loadPolicies,
  PolicySet,
  readYamlDocuments,
} from '@meshway/admission';
import { z } from 'zod';
import { digestOf, digestOfFiles } from '../stamp/digest';
import { describeRule } from './describeRule';
import {
  Guardrail,
  GuardrailPack,
  GuardrailCase,
  loaded,
} from './GuardrailPack';
import {
  GuardrailPackProblem,
  InvalidGuardrailPackError,
} from './InvalidGuardrailPackError';
import { readCases } from './readCases';

const packFile = 'pack.yaml';
const testSuffix = '.test.yaml';
const mostFiles = 1_000;

const packSchema = z
  .object({
    name: z.string().regex(/^[a-z][-a-z0-9]*$/, 'must be lower-case words'),
    version: z
      .string()
      .regex(/^\d+\.\d+\.\d+$/, 'must be a version such as 1.0.0, in quotes'),
    description: z.string().optional(),
  })
  .strict();

/**
 * Loads the platform's guardrails, all or nothing: a pack with one broken rule is no pack.
 *
 * @param files - texts by path relative to the folder of the pack: `pack.yaml`, one `<rule>.yaml` per rule with its
 * policy and binding, and beside each its `<rule>.test.yaml`. Files that are not YAML are left alone.
 * @throws InvalidGuardrailPackError listing every problem with file and line
 * @public
 */
export function loadGuardrailPack(
  files: ReadonlyMap<string, string>,
): GuardrailPack {
  const problems: GuardrailPackProblem[] = [];
  const relevant = new Map(
    [...files].filter(([file]) => /\.ya?ml$/.test(file)),
  );
  if (relevant.size > mostFiles)
    throw new InvalidGuardrailPackError([
      { file: packFile, line: 1, message: `more than ${mostFiles} files` },
    ]);

  const title = readPack(relevant, problems);
  const rules = new Map(
    [...relevant].filter(
      ([file]) => file !== packFile && !file.endsWith(testSuffix),
    ),
  );
  const policies = collect(problems, () => loadPolicies(rules)) ?? {
    policies: [],
    params: [],
  };
  checkFiles(rules, policies, problems);
  const guardrails = describeRules(policies, problems);
  const cases = readAllCases(relevant, guardrails, rules, problems);

  if (problems.length > 0 || !title)
    throw new InvalidGuardrailPackError(problems);
  return {
    ...title,
    digest: digestOfFiles(
      [...relevant].map(([path, text]) => ({ path, digest: digestOf(text) })),
    ),
    guardrails: [...guardrails].sort((left, right) =>
      left.code < right.code ? -1 : 1,
    ),
    [loaded]: { policies, cases },
  };
}

function readPack(
  files: ReadonlyMap<string, string>,
  problems: GuardrailPackProblem[],
): { name: string; version: string } | undefined {
  const text = files.get(packFile);
  if (text === undefined) {
    problems.push({
      file: packFile,
      line: 1,
      message: 'is missing; it gives the pack its name and version',
    });
    return undefined;
  }
  const documents = collect(problems, () => readYamlDocuments(packFile, text));
  if (!documents) return undefined;
  if (documents.length > 1) {
    problems.push({
      file: packFile,
      line: documents[1].lineOf([]),
      message: 'holds a second document; a pack has one name',
    });
    return undefined;
  }
  const parsed = packSchema.safeParse(documents[0]?.value);
  if (parsed.success) {
    const { name, version } = parsed.data;
    return { name, version };
  }
  parsed.error.issues.forEach(issue =>
    problems.push({
      file: packFile,
      line: documents[0]?.lineOf(issue.path) ?? 1,
      message: `${issue.path.join('.') || 'the document'}: ${issue.message}`,
    }),
  );
  return undefined;
}

/** One rule per file: its name leads to it and to its tests. */
function checkFiles(
  rules: ReadonlyMap<string, string>,
  { policies, params }: PolicySet,
  problems: GuardrailPackProblem[],
): void {
  if (rules.size === 0)
    problems.push({
      file: packFile,
      line: 1,
      message: 'holds no rule, and nothing may be written without rules',
    });
  if (problems.length > 0) return;
  for (const file of rules.keys()) {
    const own = policies.filter(policy => policy.file === file);
    if (own.length !== 1)
      problems.push({
        file,
        line: own[1]?.line ?? 1,
        message: `holds ${own.length} ValidatingAdmissionPolicies; a file holds one`,
      });
  }
  if (params.length > 0)
    problems.push({
      file: packFile,
      line: 1,
      message:
        'a rule file holds something else than ValidatingAdmissionPolicy and ValidatingAdmissionPolicyBinding',
    });
}

function describeRules(
  { policies }: PolicySet,
  problems: GuardrailPackProblem[],
): Guardrail[] {
  const byCode = new Map<string, Guardrail>();
  const describe = (policy: AdmissionPolicy) => {
    const guardrail = describeRule(policy, problems);
    if (!guardrail) return;
    const earlier = byCode.get(guardrail.code);
    if (earlier)
      problems.push({
        file: policy.file,
        line: policy.line,
        message: `${guardrail.code} is already the code of ${earlier.file}`,
      });
    else byCode.set(guardrail.code, guardrail);
  };
  policies.forEach(describe);
  return [...byCode.values()];
}

function readAllCases(
  files: ReadonlyMap<string, string>,
  guardrails: readonly Guardrail[],
  rules: ReadonlyMap<string, string>,
  problems: GuardrailPackProblem[],
): GuardrailCase[] {
  const testsOf = (rule: string) => rule.replace(/\.ya?ml$/, testSuffix);
  const expected = new Set([...rules.keys()].map(testsOf));
  for (const file of files.keys())
    if (file.endsWith(testSuffix) && !expected.has(file))
      problems.push({ file, line: 1, message: 'stands beside no rule' });
  return guardrails.flatMap(({ code, file }) => {
    const tests = testsOf(file);
    const text = files.get(tests);
    if (text === undefined) {
      problems.push({
        file,
        line: 1,
        message: `${code} has no tests; ${tests} is missing`,
      });
      return [];
    }
    return (
      collect(problems, () => readCases(code, tests, text, problems)) ?? []
    );
  });
}

function collect<T>(
  problems: GuardrailPackProblem[],
  read: () => T,
): T | undefined {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof InvalidPolicyError)) throw error;
    problems.push(...error.problems);
    return undefined;
  }
}
