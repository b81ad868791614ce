import { InputError } from '@backstage/errors';
import {
  formatObjectRef,
  kinds,
  names,
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
import { classify, refsOf } from './classify';
import { takeInventory } from './inventory';
import { registrationRef, retireApplication } from './retireApplication';
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

function refuseOtherNamespace({
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
  survey: RetirementSurvey,
  parts: ProvisioningParts,
  cluster: ProvisioningCluster,
  options: ProvisioningOptions,
): Promise<ReceiptStep[]> {
  const { signal, onStep = () => undefined } = options;
  const steps: ReceiptStep[] = [];
  const application = await retireApplication(
    request,
    survey,
    parts,
    cluster,
    options,
  );
  steps.push(...application);
  // As long as the workload runs, it needs what follows.
  if (application.some(({ outcome }) => outcome === 'waiting')) return steps;

  steps.push(...(await retireFromVault(survey, parts, cluster, options)));
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
  // The name is held as long as the namespace is there.
  if (isGone && parts.publishing) {
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

async function retireFromVault(
  { inVault }: RetirementSurvey,
  { platform }: ProvisioningParts,
  { vault }: ProvisioningCluster,
  { signal, onStep }: ProvisioningOptions,
): Promise<ReceiptStep[]> {
  const steps: ReceiptStep[] = [];
  const { role, policy } = inVault;
  if (vault && role) {
    signal?.throwIfAborted();
    onStep?.(`Deleting role ${role} in Vault`);
    await vault.deleteRole(platform.vault.authMount, role, { signal });
    const name = `${platform.vault.authMount}/${role}`;
    const ref = { ...kinds.VaultRole, name };
    steps.push({ system: 'vault', ref, outcome: 'deleted' });
  }
  if (vault && policy) {
    signal?.throwIfAborted();
    await vault.deletePolicy(policy, { signal });
    const ref = { ...kinds.VaultPolicy, name: policy };
    steps.push({ system: 'vault', ref, outcome: 'deleted' });
  }
  return steps;
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
