import type { PlanResponse } from '@meshway/plugin-meshed-service-common';

/** @returns what stands against a request, one sentence each; nothing when it may be written. */
export function objectionsTo(plan: PlanResponse): string[] {
  if (plan.kind === 'refused')
    return plan.problems.map(({ path, message }) =>
      path ? `${path} ${message}` : message,
    );
  return [
    ...(plan.taken ? [plan.taken.message] : []),
    ...plan.violations.map(({ code, message, fix }) =>
      [`${code}: ${message}`, fix].filter(Boolean).join(' '),
    ),
    ...(plan.provisioning?.problems ?? []).map(
      ({ message, fix }) => `${message} ${fix}`,
    ),
    ...(plan.provisioningUnknown
      ? [
          `Nobody can say what would happen on the cluster, so nothing would be written: ${plan.provisioningUnknown}`,
        ]
      : []),
    ...plan.files
      .filter(({ change }) => change === 'conflict')
      .map(
        ({ path }) =>
          `${path} is in the repository already, differs, and is not ours to change.`,
      ),
  ];
}
