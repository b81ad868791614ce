import {
  formatServiceRef,
  PlannedObject,
  ProvisioningPlan,
} from '@meshway/plugin-meshed-service-common';
import { ServicePlan, ServiceRequest } from '../publishing';
import { ProvisioningParts, Wanted, wantedOf } from './context';
import { surveyRequest } from './survey/surveyRequest';
import { Survey } from './survey/surveyService';

/** Says what `ensure` would do to cluster, Vault, Argo CD and repository. Writes nothing, and throws for no problem. */
export async function planProvisioning(
  request: ServiceRequest,
  parts: ProvisioningParts,
  options: { signal?: AbortSignal; transferFrom?: string } = {},
): Promise<ProvisioningPlan> {
  const wanted = await wantedOf(request, parts, options.transferFrom);
  const cluster = parts.cluster(wanted.spec.cluster);
  const [{ survey, problems }, published] = await Promise.all([
    surveyRequest(wanted, parts, cluster, options.signal),
    parts.publishing?.plan(request, { signal: options.signal }),
  ]);
  const objects = plannedObjects(wanted, survey);
  const files = published && plannedFiles(published);
  const { violations } = wanted;
  return {
    service: formatServiceRef(wanted.holder.service),
    owner: wanted.holder.owner,
    delivery: wanted.spec.delivery.mode,
    ...(survey.phase ? { phase: survey.phase } : {}),
    outcome:
      problems.length + violations.length > 0
        ? 'refused'
        : outcomeOf(objects, files ?? [], survey),
    objects,
    ...(files ? { files } : {}),
    problems,
    violations,
  };
}

/** @returns every object of a survey, those in Vault and those that would go included. */
export function plannedObjects(
  { role, policy }: Wanted,
  { decisions, removals, vault, leftInVault }: Survey,
): PlannedObject[] {
  const inVault = (
    wanted: { ref: PlannedObject['ref'] } | undefined,
    decision: Omit<PlannedObject, 'ref' | 'system'> | undefined,
  ): PlannedObject[] =>
    wanted && decision
      ? [{ system: 'vault', ref: wanted.ref, ...decision }]
      : [];
  return [
    ...decisions.map(({ plan }) => plan),
    ...inVault(policy, vault.policy),
    ...inVault(role, vault.role),
    ...[...removals, ...leftInVault.removals].map(({ plan }) => plan),
  ];
}

const changes = {
  create: 'create',
  change: 'change',
  remove: 'delete',
  unchanged: 'unchanged',
  conflict: 'conflict',
} as const;

function plannedFiles({ files }: ServicePlan): ProvisioningPlan['files'] {
  return files.flatMap(({ action, ...file }) =>
    action === 'kept' ? [] : [{ ...file, change: changes[action] }],
  );
}

function outcomeOf(
  objects: readonly PlannedObject[],
  files: NonNullable<ProvisioningPlan['files']>,
  { namespace }: Survey,
): ProvisioningPlan['outcome'] {
  const isQuiet =
    objects.every(({ action }) => ['unchanged', 'left'].includes(action)) &&
    files.every(({ change }) => change === 'unchanged');
  if (isQuiet) return 'unchanged';
  return namespace === undefined ? 'create' : 'change';
}
