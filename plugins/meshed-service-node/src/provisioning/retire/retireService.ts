import { InputError } from '@backstage/errors';
import {
  formatObjectRef,
  kinds,
  names,
  Problem,
  ProvisioningReceipt,
  ReceiptStep,
  refOf,
} from '@meshway/plugin-meshed-service-common';
import { ProvisioningCluster, ProvisioningParts } from '../context';
import { PreflightError } from '../errors';
import {
  ProvisioningOptions,
  RetirementRequest,
} from '../MeshedServiceProvisioning';
import { outcomeOf } from '../receipt';
import { leftStep, removeFromVault } from '../vaultEntries';
import { classify, refsOf } from './classify';
import { takeInventory } from './inventory';
import {
  registrationRef,
  retireApplication,
  returnedApplication,
} from './retireApplication';
import { fateOf, RetirementSurvey, surveyRetirement } from './surveyRetirement';
import { waitUntilGone } from './waitUntilGone';

/**
 * Takes a service away: Argo CD's application (and what it deployed), Vault role, policies, namespace. Each object by its
 * uid. Interrupted, it is repeated: what is gone already is no error.
 */
export async function retireService(
  request: RetirementRequest,
  parts: ProvisioningParts,
  options: ProvisioningOptions,
): Promise<ProvisioningReceipt> {
  refuseOtherNamespace(request);
  const cluster = parts.cluster(request.service.cluster);
  const survey = await surveyRetirement(
    request,
    parts,
    cluster,
    options.signal,
  );
  const { plan, namespace } = survey;
  if (plan.problems.length > 0)
    throw new PreflightError(`Retiring ${plan.service}`, plan.problems);
  const steps = await takeAway(request, survey, parts, cluster, options);
  return {
    service: plan.service,
    owner: request.owner,
    delivery: request.delivery,
    operation: 'retire',
    outcome: outcomeOf(steps),
    at: new Date(parts.clock.now()).toISOString(),
    by: options.created.by,
    steps,
    ...(namespace ? { namespaceUid: namespace.metadata.uid } : {}),
  };
}

/** @throws InputError when another name was typed than that of the namespace. */
export function refuseOtherNamespace({
  service,
  confirmNamespace,
}: RetirementRequest): void {
  const name = names.namespace(service);
  if (confirmNamespace !== undefined && confirmNamespace !== name)
    throw new InputError(
      `confirmNamespace: ${JSON.stringify(
        confirmNamespace.slice(0, 63),
      )} is not the namespace of the service; type ${name} to let it go with what nobody can list in it`,
    );
}

async function takeAway(
  request: RetirementRequest,
  before: RetirementSurvey,
  parts: ProvisioningParts,
  cluster: ProvisioningCluster,
  options: ProvisioningOptions,
): Promise<ReceiptStep[]> {
  const { signal, onStep = () => undefined } = options;
  const { steps, appeared } = await retireApplication(
    request,
    before,
    parts,
    cluster,
    options,
  );
  // As long as the workload runs, it needs what follows.
  if (steps.some(({ outcome }) => outcome === 'waiting')) return steps;

  const survey = appeared
    ? await surveyRetirement(request, parts, cluster, signal)
    : before;
  const [problem] = survey.plan.problems;
  if (problem) return [...steps, inTheWay(problem, request)];

  steps.push(...(await retireFromVault(survey, options)));
  for (const object of survey.ours) {
    signal?.throwIfAborted();
    const ref = refOf(object);
    onStep(`Deleting ${formatObjectRef(ref)}`);
    const { uid } = object.metadata;
    const outcome = await cluster.kubernetes.delete(ref, { uid, signal });
    // Argo CD has deleted what it wrote, so that most is gone.
    if (outcome === 'deleted' || request.delivery === 'apply')
      steps.push({
        system: 'kubernetes',
        ref,
        outcome: outcome === 'deleted' ? 'deleted' : 'absent',
      });
  }
  const namespace = await retireNamespace(
    request,
    survey,
    parts,
    cluster,
    options,
  );
  steps.push(...namespace);
  const isGone = namespace.every(({ outcome }) => outcome === 'deleted');
  const returned = isGone
    ? await returnedApplication(request, parts, cluster, options)
    : [];
  steps.push(...returned);
  // The name is held as long as the namespace is there.
  if (isGone && returned.length === 0 && parts.publishing) {
    onStep(`Giving up the name ${survey.plan.service}`);
    const outcome = await parts.publishing.registry.releaseService(
      request.service,
      request.owner,
      options,
    );
    steps.push({
      system: 'registry',
      ref: registrationRef(request),
      outcome: outcome === 'released' ? 'deleted' : 'absent',
    });
  }
  return steps;
}

/** What was made while the registration was withdrawn brought something along that stands in the way. */
function inTheWay(
  { message, fix }: Problem,
  { service }: RetirementRequest,
): ReceiptStep {
  return {
    system: 'kubernetes',
    ref: { ...kinds.Namespace, name: names.namespace(service) },
    outcome: 'waiting',
    because: `${message} ${fix}`,
  };
}

/** What is left without a proof stays; all else is looked at again. */
async function retireFromVault(
  { inVault: { entries, removals } }: RetirementSurvey,
  options: ProvisioningOptions,
): Promise<ReceiptStep[]> {
  return entries.length === 0
    ? removals.map(leftStep)
    : removeFromVault(entries, removals, options);
}

/** Looks once more, because others may have moved in, and deletes exactly the namespace that was seen. */
async function retireNamespace(
  request: RetirementRequest,
  { namespace, holder }: RetirementSurvey,
  parts: ProvisioningParts,
  { kubernetes }: ProvisioningCluster,
  options: ProvisioningOptions,
): Promise<ReceiptStep[]> {
  if (!namespace) return [];
  const { signal, onStep = () => undefined } = options;
  const ref = refOf(namespace);
  const { uid } = namespace.metadata;
  const step = { system: 'kubernetes', ref } as const;
  if (namespace.metadata.deletionTimestamp === undefined) {
    const { objects, unseen } = await takeInventory(
      kubernetes,
      ref.name,
      signal,
    );
    const standings = classify(objects, {
      holder,
      application: names.argoApplication(request.service),
      roots: [uid],
      applicationGone: true,
    });
    const leaving = objects.filter(
      ({ metadata }) => metadata.deletionTimestamp === undefined,
    );
    const foreign = refsOf(leaving, standings, 'foreign');
    const { action, because } = fateOf(foreign, unseen, request);
    if (action === 'leave') return [{ ...step, outcome: 'left', because }];
    signal?.throwIfAborted();
    onStep(`Deleting ${formatObjectRef(ref)}`);
    await kubernetes.delete(ref, { uid, signal });
  }
  const isGone = await waitUntilGone(ref, uid, { parts, kubernetes, options });
  return [
    isGone
      ? { ...step, outcome: 'deleted' }
      : {
          ...step,
          outcome: 'waiting',
          because: 'it is being deleted; what holds it stands in its status',
        },
  ];
}
