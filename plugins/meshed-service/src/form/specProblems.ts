import {
  fromForm,
  readMeshedServiceSpec,
  type SpecProblem,
} from '@meshway/plugin-meshed-service-common';

/** The least that a request holds, so that one part of it can be judged before the rest is filled in. */
const rest = {
  name: 'service',
  owner: 'group:default/team',
  cluster: 'cluster',
  workload: { image: 'image' },
};

/**
 * What the door of the ask flow says about a part of a request; a field checks with the same code that refuses.
 *
 * @param values - the part, and what it depends on.
 * @param path - only problems at or below it.
 */
export function problemsAt(
  values: Record<string, unknown>,
  path: string,
): SpecProblem[] {
  const read = readMeshedServiceSpec(fromForm({ ...rest, ...values }));
  if (!('problems' in read)) return [];
  return read.problems.filter(problem => isAtOrBelow(problem.path, path));
}

function isAtOrBelow(path: string, above: string): boolean {
  return (
    path === above ||
    path.startsWith(`${above}.`) ||
    path.startsWith(`${above}[`)
  );
}
