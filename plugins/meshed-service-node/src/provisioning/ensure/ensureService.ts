import {
  formatServiceRef,
  ProvisioningPart,
  ProvisioningReceipt,
  ReceiptStep,
} from '@meshway/plugin-meshed-service-common';
import { refuseViolations, ServiceRequest } from '../../publishing';
import {
  ProvisioningCluster,
  ProvisioningParts,
  Wanted,
  wantedOf,
} from '../context';
import { PreflightError } from '../errors';
import { ProvisioningOptions } from '../MeshedServiceProvisioning';
import { partOf } from '../order';
import { receiptFrom, restartAfter } from '../receipt';
import { surveyRequest } from '../survey/surveyRequest';
import { stepOf } from './writeObject';
import { Survey } from '../survey/surveyService';
import { applyService } from './applyService';
import { deliverByGit } from './deliverByGit';
import { recordByGit } from './recordByGit';

/** A request that is ready to be written: parsed, admitted, and without a problem. */
export type Ready = {
  wanted: Wanted;
  cluster: ProvisioningCluster;
  survey: Survey;
};

/**
 * Parses, renders, admits exactly those objects, and asks all systems.
 *
 * @throws InvalidSpecError, GuardrailViolationError, PreflightError with every problem.
 */
export async function prepare(
  request: ServiceRequest,
  parts: ProvisioningParts,
  options: Pick<ProvisioningOptions, 'signal' | 'transferFrom' | 'onStep'>,
): Promise<Ready> {
  const wanted = await wantedOf(request, parts, options.transferFrom);
  refuseViolations(wanted.violations);
  const cluster = parts.cluster(wanted.spec.cluster);
  const service = formatServiceRef(wanted.holder.service);
  options.onStep?.(`Asking all systems about ${service}`);
  const { survey, problems } = await surveyRequest(
    wanted,
    parts,
    cluster,
    options.signal,
  );
  if (problems.length > 0) throw new PreflightError(service, problems);
  return { wanted, cluster, survey };
}

/** Makes a service what was asked for. */
export async function ensureService(
  request: ServiceRequest,
  parts: ProvisioningParts,
  options: ProvisioningOptions,
): Promise<ProvisioningReceipt> {
  const { wanted, cluster, survey } = await prepare(request, parts, options);
  if (wanted.spec.delivery.mode === 'gitops') {
    const { steps, facts } = await deliverByGit(
      wanted,
      parts,
      cluster,
      options,
      survey.leftInVault,
    );
    return receiptFrom(wanted, parts, options, steps, facts);
  }
  const { steps, facts } = await applyAndRecord(
    { wanted, cluster, survey },
    parts,
    options,
  );
  return receiptFrom(wanted, parts, options, steps, {
    ...facts,
    ...restartAfter(wanted, survey.namespace),
  });
}

async function applyAndRecord(
  { wanted, cluster, survey }: Ready,
  parts: ProvisioningParts,
  options: ProvisioningOptions,
  only?: readonly ProvisioningPart[],
) {
  const record = await recordByGit(wanted, parts, options);
  const before = await record.before();
  const applied = await applyService(wanted, survey, cluster, options, only);
  const after = await record.after();
  const { namespaceUid } = applied;
  return {
    steps: [...before.steps, ...applied.steps, ...after.steps],
    facts: { ...before.facts, ...after.facts, namespaceUid },
  };
}

/** Makes one part of a service what was asked for. */
export async function ensurePart(
  part: ProvisioningPart,
  request: ServiceRequest,
  parts: ProvisioningParts,
  options: ProvisioningOptions,
): Promise<ProvisioningReceipt> {
  const { wanted, cluster, survey } = await prepare(request, parts, options);
  if (wanted.spec.delivery.mode === 'gitops') {
    if (part === 'argoApplication' || part === 'vaultRole') {
      const { steps, facts } = await deliverByGit(
        part === 'vaultRole' ? wanted : { ...wanted, role: undefined },
        part === 'vaultRole' ? { ...parts, publishing: undefined } : parts,
        cluster,
        options,
        part === 'vaultRole' ? survey.leftInVault : undefined,
      );
      return receiptFrom(wanted, parts, options, steps, facts);
    }
    return receiptFrom(wanted, parts, options, awaitedSteps(survey, part));
  }
  // Argo CD deploys what is in the repository, so the one is made with the other.
  const { steps, facts } = await applyAndRecord(
    { wanted, cluster, survey },
    part === 'argoApplication' ? parts : { ...parts, publishing: undefined },
    options,
    [part],
  );
  return receiptFrom(wanted, parts, options, steps, facts);
}

/** In gitops Argo CD writes the cluster; all that can be said is how far it has come. */
function awaitedSteps(
  { decisions }: Survey,
  part: ProvisioningPart,
): ReceiptStep[] {
  return decisions
    .filter(({ object }) => partOf(object) === part)
    .map(({ object, plan }) =>
      plan.action === 'unchanged'
        ? stepOf(object, 'unchanged')
        : { ...stepOf(object, 'waiting'), because: 'Argo CD writes it' },
    );
}
