import type {
  FieldChange,
  PlannedObject,
  ProvisioningPlan,
} from '@meshway/plugin-meshed-service-common';
import { below, count, line, nameOf, presentProblem } from './line';

const signs: Record<PlannedObject['action'], string> = {
  create: '+',
  change: '~',
  delete: '-',
  unchanged: '=',
  conflict: '!',
  left: '·',
  awaited: '…',
};

/** A plan, object by object. */
export function presentPlan(plan: ProvisioningPlan): string {
  const { service, owner, delivery, objects, files, problems, violations } =
    plan;
  return [
    `${service} of ${owner}, delivered by ${delivery}`,
    ...objects.flatMap(presentObject),
    ...(files ?? []).flatMap(({ path, change, changes = [] }) => [
      line(signs[change], change, `file ${path}`),
      ...changes.map(presentChange),
    ]),
    ...problems.map(problem => `  ! ${presentProblem(problem)}`),
    ...violations.map(
      ({ code, ref, path, message, fix }) =>
        `  ! ${code} ${nameOf(ref)}${
          path ? ` ${path}` : ''
        }: ${message}\n    ${fix}`,
    ),
    summaryOf(plan),
  ].join('\n');
}

function presentObject({
  action,
  ref,
  fields,
  changes,
  conflicts,
  because,
}: PlannedObject): string[] {
  return [
    line(
      signs[action],
      action,
      `${nameOf(ref)}${because ? `: ${because}` : ''}`,
    ),
    ...(changes ? changes.map(presentChange) : (fields ?? []).map(below)),
    ...(conflicts ?? []).map(({ with: by, field }) =>
      below(field ? `${field} was written by ${by}` : `belongs to ${by}`),
    ),
  ];
}

function presentChange({
  field,
  from = 'nothing',
  to = 'nothing',
}: FieldChange): string {
  return below(`${field}: ${from} → ${to}`);
}

function summaryOf({
  outcome,
  objects,
  files = [],
  problems,
  violations,
}: ProvisioningPlan): string {
  if (outcome === 'refused')
    return `Refused: ${[
      ...(problems.length > 0 ? [count(problems.length, 'problem')] : []),
      ...(violations.length > 0 ? [count(violations.length, 'violation')] : []),
    ].join(', ')}. Nothing was written.`;
  if (outcome === 'unchanged') return 'There is nothing to do.';
  const actions = [
    ...objects.map(({ action }) => action),
    ...files.map(({ change }) => change),
  ];
  const words: ReadonlyArray<[PlannedObject['action'], string]> = [
    ['create', 'to create'],
    ['change', 'to change'],
    ['delete', 'to delete'],
    ['awaited', 'to come from Argo CD'],
    ['left', 'to be left'],
    ['unchanged', 'unchanged'],
  ];
  return `Plan: ${words
    .map(
      ([action, word]) =>
        [actions.filter(each => each === action).length, word] as const,
    )
    .filter(([number]) => number > 0)
    .map(([number, word]) => `${number} ${word}`)
    .join(', ')}.`;
}
