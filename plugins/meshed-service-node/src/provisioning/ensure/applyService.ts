import {
  formatObjectRef,
  kinds,
  ProvisioningPart,
  ReceiptStep,
} from '@meshway/plugin-meshed-service-common';
import { ProvisioningCluster, Wanted } from '../context';
import { ProvisioningConflictError } from '../errors';
import { ProvisioningOptions } from '../MeshedServiceProvisioning';
import { inWritingOrder, isTightened, partOf } from '../order';
import { ObjectDecision } from '../survey/decideObject';
import { Survey } from '../survey/surveyService';
import { removeFromVault } from '../vaultEntries';
import { changeObject, stepOf, Written, writeObject } from './writeObject';
import { writeVault } from './writeVault';

/** What was written to a cluster, and the namespace that holds it. */
export type Applied = { steps: ReceiptStep[]; namespaceUid?: string };

/**
 * Writes what differs: namespace, account, policies, Vault role, Argo CD application, and then takes away what is no longer
 * asked for. What lets traffic in comes first, what keeps it out last.
 *
 * @param only - only these parts; all when absent.
 */
export async function applyService(
  wanted: Wanted,
  survey: Survey,
  cluster: ProvisioningCluster,
  options: Pick<ProvisioningOptions, 'signal' | 'onStep'>,
  only?: readonly ProvisioningPart[],
): Promise<Applied> {
  const { signal, onStep = () => undefined } = options;
  const { kubernetes, vault } = cluster;
  const { namespace, decisions, removals, leftInVault } = survey;
  const steps: ReceiptStep[] = [];
  let namespaceUid = namespace?.metadata.uid;

  const write = async (decision: ObjectDecision) => {
    const { object, live, plan } = decision;
    if (plan.action === 'unchanged') {
      steps.push(stepOf(object, 'unchanged'));
      return;
    }
    signal?.throwIfAborted();
    onStep(`Writing ${formatObjectRef(plan.ref)}`);
    const written: Written = live
      ? await changeObject(kubernetes, object, live, wanted.holder, signal)
      : await writeObject(kubernetes, object, wanted.holder, signal);
    steps.push(written.step);
    if (object.kind === kinds.Namespace.kind)
      namespaceUid = written.object.metadata.uid;
  };
  const isPart = (each: ProvisioningPart | undefined) =>
    only === undefined || (each !== undefined && only.includes(each));
  const ordered = inWritingOrder(decisions).filter(({ object }) =>
    isPart(partOf(object)),
  );
  if (!isPart('namespace') && !namespace)
    throw new ProvisioningConflictError(
      `Namespace ${wanted.spec.namespace} does not exist; ensure it first.`,
    );
  const isLast = ({ object }: ObjectDecision) =>
    object.kind === kinds.Application.kind;
  const waits = ({ object, live }: ObjectDecision) =>
    object.kind === kinds.Namespace.kind && isTightened(live, object);

  for (const decision of ordered.filter(each => !isLast(each) && !waits(each)))
    await write(decision);
  for (const decision of ordered.filter(waits)) await write(decision);
  if (vault && isPart('vaultRole') && (wanted.role || wanted.policy)) {
    if (isToBeWritten(survey.vault.role) || isToBeWritten(survey.vault.policy))
      onStep('Writing the Vault role');
    steps.push(...(await writeVaultIfNeeded(wanted, survey, cluster, signal)));
  }
  for (const decision of ordered.filter(isLast)) await write(decision);
  for (const { object, plan } of [...inWritingOrder(removals)].reverse()) {
    if (!isPart(partOf(object))) continue;
    if (plan.action === 'left') {
      steps.push({ ...stepOf(object, 'left'), because: plan.because });
      continue;
    }
    signal?.throwIfAborted();
    onStep(`Deleting ${formatObjectRef(plan.ref)}, no longer asked for`);
    const { uid } = object.metadata;
    const outcome = await kubernetes.delete(plan.ref, { uid, signal });
    steps.push(stepOf(object, outcome === 'deleted' ? 'deleted' : 'absent'));
  }
  // Once nothing logs in by it.
  if (isPart('vaultRole')) {
    const entries = leftInVault.removals.map(({ entry }) => entry);
    steps.push(
      ...(await removeFromVault(entries, leftInVault.removals, options)),
    );
  }
  return { steps, ...(namespaceUid ? { namespaceUid } : {}) };
}

async function writeVaultIfNeeded(
  wanted: Wanted,
  { vault: seen }: Survey,
  { vault }: ProvisioningCluster,
  signal: AbortSignal | undefined,
): Promise<ReceiptStep[]> {
  if (!vault) return [];
  if (isToBeWritten(seen.role) || isToBeWritten(seen.policy))
    return writeVault(vault, wanted, signal);
  return [wanted.policy, wanted.role].flatMap(each =>
    each ? [{ system: 'vault', ref: each.ref, outcome: 'unchanged' }] : [],
  );
}

const isToBeWritten = (decision: { action: string } | undefined) =>
  decision !== undefined && decision.action !== 'unchanged';
