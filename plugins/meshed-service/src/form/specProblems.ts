import {
  fromForm,
  readMeshedServiceSpec,
  type SpecProblem,
} from '@meshway/plugin-meshed-service-common';

/** What is judged elsewhere, so that one part can be judged before the rest is filled in, or while it is wrong. */
const rest = {
  name: 'service',
  owner: 'group:default/team',
  cluster: 'cluster',
  workload: { image: 'image' },
};

/** The fields that rules compare with each other. */
const compared = new Set([
  'name',
  'namespace',
  'cluster',
  'ports',
  'clients',
  'calls',
]);

/**
 * What the door of the ask flow says about a part of a request; a field checks with the same code that refuses.
 *
 * @param values - of the form; only the part, and what rules compare it with, are looked at.
 * @param path - only problems at or below it.
 */
export function problemsAt(
  values: Record<string, unknown>,
  path: string,
): SpecProblem[] {
  const looked = Object.fromEntries(
    Object.entries(values).filter(
      ([field, value]) => compared.has(field) && value !== undefined,
    ),
  );
  const read = readMeshedServiceSpec(fromForm({ ...rest, ...looked }));
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
