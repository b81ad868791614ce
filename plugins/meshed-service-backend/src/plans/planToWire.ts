import {
  PlanResponse,
  renderBundle,
  toYaml,
} from '@meshway/plugin-meshed-service-common';
import type {
  MeshedServiceConfig,
  PlannedFile,
  ServicePlan,
} from '@meshway/plugin-meshed-service-node';

type WireChange = Extract<
  PlanResponse,
  { kind: 'planned' }
>['files'][number]['change'];

/** A team's file that is kept is, seen from outside, unchanged. */
const changes: Record<PlannedFile['action'], WireChange> = {
  create: 'create',
  change: 'change',
  remove: 'delete',
  unchanged: 'unchanged',
  kept: 'unchanged',
  conflict: 'conflict',
};

/** @returns a plan as it goes over the wire, with the bundle as people read it. */
export function planToWire(
  plan: ServicePlan,
  { platform }: Pick<MeshedServiceConfig, 'platform'>,
): PlanResponse {
  const bundle = renderBundle(plan.spec, platform);
  return {
    kind: 'planned',
    spec: plan.spec,
    derivedNames: plan.names,
    files: plan.files.map(({ path, ownership, action }) => ({
      path,
      ownership,
      change: changes[action],
    })),
    objects: bundle.objects.map(object => toYaml(object)).join('---\n'),
    violations: plan.violations,
    ...(plan.takenBy
      ? {
          taken: {
            owner: plan.takenBy.owner,
            message: `The name ${plan.takenBy.service} is taken by ${plan.takenBy.owner}. Choose another name, or ask them.`,
          },
        }
      : {}),
  };
}
