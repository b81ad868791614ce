import type { SpecProblem } from '@meshway/plugin-meshed-service-common';
import { problemsAt } from './specProblems';

/**
 * What is shown beside the inputs of a list. An input that nobody has reached yet is not scolded for being empty; once
 * the page has been refused, it is.
 */
export function visibleProblems(
  values: Record<string, unknown>,
  path: string,
  rawErrors: readonly string[] = [],
): SpecProblem[] {
  const problems = problemsAt(values, path);
  return rawErrors.length > 0
    ? problems
    : problems.filter(({ message }) => message !== 'is required');
}

/** @returns one sentence per problem, with the path of its field: for the list above the page. */
export function summarize(
  values: Record<string, unknown>,
  path: string,
): string[] {
  return problemsAt(values, path).map(
    problem => `${problem.path} ${problem.message}`,
  );
}
