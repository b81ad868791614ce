import type { RetirementPlan } from '@meshway/plugin-meshed-service-common';
import { line, nameOf, presentProblem } from './line';

const fates = {
  delete: ['-', 'delete'],
  leave: ['·', 'left'],
  absent: ['=', 'absent'],
} as const;

/** What a retirement would delete, and what it would leave. */
export function presentRetirement({
  service,
  owner,
  delivery,
  objects,
  namespace,
  foreign,
  unseen,
  problems,
}: RetirementPlan): string {
  const [sign, word] = fates[namespace.action];
  return [
    `${service} of ${owner}, delivered by ${delivery}`,
    ...objects.map(({ ref, action, because }) =>
      action === 'left'
        ? line('·', 'left', `${nameOf(ref)}${because ? `: ${because}` : ''}`)
        : line('-', 'delete', nameOf(ref)),
    ),
    line(
      sign,
      word,
      `Namespace ${namespace.name}${
        namespace.because ? `: ${namespace.because}` : ''
      }`,
    ),
    ...foreign.map(ref => line('·', 'foreign', nameOf(ref))),
    ...(unseen.length > 0
      ? [`  Nobody may list here: ${unseen.join(', ')}`]
      : []),
    ...problems.map(problem => `  ! ${presentProblem(problem)}`),
    summaryOf(
      objects.filter(({ action }) => action === 'delete').length,
      namespace.action,
      problems.length,
    ),
  ].join('\n');
}

function summaryOf(
  objects: number,
  namespace: RetirementPlan['namespace']['action'],
  problems: number,
): string {
  if (problems > 0) return 'Refused. Nothing was deleted.';
  return objects === 0 && namespace === 'absent'
    ? 'Nothing of it is there.'
    : 'This cannot be undone.';
}
