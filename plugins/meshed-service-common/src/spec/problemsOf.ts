import { z } from 'zod';
import { formatPath, quote, SpecProblem } from './SpecProblem';

const spoken: Readonly<Record<string, string>> = {
  array: 'a list',
  bigint: 'a number',
  boolean: 'true or false',
  float: 'a fraction',
  integer: 'a whole number',
  nan: 'NaN',
  number: 'a number',
  object: 'an object',
  string: 'text',
};

/** @returns what a schema found wrong, in words for whoever filled in the field. @public */
export function problemsOf(issue: z.ZodIssue): SpecProblem[] {
  const path = formatPath(issue.path);
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map(key => ({
        path: formatPath([...issue.path, quote(key).slice(1, -1)]),
        message: 'is not a field of a meshed service; remove it',
      }));
    case 'invalid_type':
      return [{ path, message: typeProblem(issue) }];
    case 'invalid_literal':
      return [{ path, message: `must be ${quote(issue.expected)}` }];
    case 'invalid_enum_value':
      return [
        {
          path,
          message: `must be one of ${issue.options.join(', ')}; it is ${quote(
            issue.received,
          )}`,
        },
      ];
    case 'invalid_union_discriminator':
      return [{ path, message: `must be one of ${issue.options.join(', ')}` }];
    case 'invalid_union':
      return unionProblems(path, issue.unionErrors);
    default:
      return [{ path, message: issue.message }];
  }
}

function typeProblem({ expected, received }: z.ZodInvalidTypeIssue): string {
  if (received === 'undefined') return 'is required';
  const is = spoken[received] ?? received;
  // An enum's expected type is its options, each in quotes.
  if (expected.startsWith("'"))
    return `must be one of ${expected
      .replaceAll("'", '')
      .replaceAll(' | ', ', ')}; it is ${is}`;
  const right = `must be ${spoken[expected] ?? expected}, not ${is}`;
  return expected === 'string' && received === 'number'
    ? `${right}; put it in quotes`
    : right;
}

/** The one form that was meant, when its fields are there; else all forms that are possible. */
function unionProblems(path: string, errors: z.ZodError[]): SpecProblem[] {
  const meant = errors.find(({ issues }) =>
    issues.every(
      issue =>
        issue.code !== 'unrecognized_keys' && issue.code !== 'invalid_type',
    ),
  );
  return meant
    ? meant.issues.flatMap(problemsOf)
    : [
        {
          path,
          message:
            'must be {entityRef} or {namespace, service, port}, with nothing else in it',
        },
      ];
}
