import { readYamlDocuments } from '@meshway/admission';
import { z } from 'zod';
import type { GuardrailCase } from './GuardrailPack';
import type { GuardrailPackProblem } from './InvalidGuardrailPackError';

const objects = z.union([
  z.array(z.record(z.unknown())).min(1).max(50),
  z.record(z.unknown()).transform(object => [object]),
]);

const caseSchema = z
  .object({
    it: z.string().min(1),
    allow: objects.optional(),
    deny: objects.optional(),
    from: objects.optional(),
    by: z.string().min(1).optional(),
    says: z.string().min(1).optional(),
  })
  .strict()
  .refine(
    ({ allow, deny }) => (allow === undefined) !== (deny === undefined),
    'write either allow or deny',
  );

const fileSchema = z
  .object({
    /** Anchors that the cases refer to. */
    shared: z.unknown(),
    cases: z.array(caseSchema).min(1),
  })
  .strict();

/** @returns the cases of `<rule>.test.yaml`; at least one of each sort, or a problem says so. */
export function readCases(
  code: string,
  file: string,
  text: string,
  problems: GuardrailPackProblem[],
): GuardrailCase[] {
  const [document, ...more] = readYamlDocuments(file, text);
  if (!document || more.length > 0) {
    problems.push({ file, line: 1, message: 'must hold exactly one document' });
    return [];
  }
  const parsed = fileSchema.safeParse(document.value);
  if (!parsed.success) {
    parsed.error.issues.forEach(issue =>
      problems.push({
        file,
        line: document.lineOf(issue.path),
        message: `${issue.path.join('.') || 'the document'}: ${issue.message}`,
      }),
    );
    return [];
  }
  const cases = parsed.data.cases.map((one, index): GuardrailCase => {
    const { it: name, allow, deny, from, by, says } = one;
    return {
      code,
      file,
      line: document.lineOf(['cases', index, 'it']),
      name,
      expects: deny === undefined ? 'allow' : 'deny',
      objects: deny ?? allow ?? [],
      ...(from === undefined ? {} : { from }),
      ...(by === undefined ? {} : { by }),
      ...(says === undefined ? {} : { says }),
    };
  });
  for (const sort of ['allow', 'deny'] as const)
    if (!cases.some(({ expects }) => expects === sort))
      problems.push({
        file,
        line: document.lineOf(['cases']),
        message: `no case shows what ${code} would ${sort}`,
      });
  return cases;
}
