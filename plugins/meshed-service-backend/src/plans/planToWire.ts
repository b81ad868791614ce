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

type Planned = Extract<PlanResponse, { kind: 'planned' }>;

type WireChange = Planned['files'][number]['change'];

/** A team's file that is kept is, seen from outside, unchanged. */
const changes: Record<PlannedFile['action'], WireChange> = {
  create: 'create',
  change: 'change',
  remove: 'delete',
  unchanged: 'unchanged',
  kept: 'unchanged',
  conflict: 'conflict',
};

/**
 * @param transferFrom - who hands the service over; a name that they hold is not taken then.
 * @returns a plan as it goes over the wire, with the bundle as people read it.
 */
export function planToWire(
  plan: ServicePlan,
  { platform }: Pick<MeshedServiceConfig, 'platform'>,
  transferFrom?: string,
): PlanResponse {
  const bundle = renderBundle(plan.spec, platform);
  return {
    kind: 'planned',
    spec: plan.spec,
    derivedNames: plan.names,
    files: plan.files.map(({ action, ...file }) => ({
      ...file,
      change: changes[action],
    })),
    objects: bundle.objects.map(object => toYaml(object)).join('---\n'),
    violations: plan.violations,
    ...(transferFrom !== undefined && plan.takenBy?.owner === transferFrom
      ? {}
      : takenToWire(plan)),
  };
}

/** The name may be somebody else's, or ours with another repository; or the repository alone is in use. */
function takenToWire({
  spec,
  takenBy,
  takenBecause,
}: ServicePlan): Pick<Planned, 'taken'> {
  if (takenBy && takenBy.owner !== spec.owner)
    return {
      taken: {
        owner: takenBy.owner,
        message: `The name ${takenBy.service} is taken by ${takenBy.owner}. Choose another name, or ask them.`,
      },
    };
  return takenBecause === undefined
    ? {}
    : {
        taken: {
          ...(takenBy ? { owner: takenBy.owner } : {}),
          message: takenBecause,
        },
      };
}
