import { InputError, NotFoundError } from '@backstage/errors';
import {
  formatObjectRef,
  kinds,
  parseMeshedServiceSpec,
  Phase,
  phases,
  ProvisioningReceipt,
  ReceiptStep,
} from '@meshway/plugin-meshed-service-common';
import { Receipt, refuseViolations, ServiceRequest } from '../../publishing';
import { applyService } from '../ensure/applyService';
import { stepOf } from '../ensure/writeObject';
import { ProvisioningCluster, ProvisioningParts, wantedOf } from '../context';
import { fieldsThatDiffer } from '../difference';
import { PreflightError } from '../errors';
import {
  PhaseRequest,
  ProvisioningOptions,
} from '../MeshedServiceProvisioning';
import { receiptFrom, repositoryOf, restartAfter } from '../receipt';
import { Survey, surveyService } from '../survey/surveyService';
import { Overriding, overridingOf, unforcedProblems } from './overriding';
import { enforcementEvidence } from './enforcementEvidence';
import { justified, PhaseMove, phaseMove, reasonOf } from './phaseMove';
import { phaseSeen } from './phaseSeen';

/**
 * Moves a service from phase to phase. Forward, whoever is permitted is let in before anybody is kept out. Back, the Servers
 * come first, because that is what ends the trouble; nothing but the cluster itself may stand in the way then.
 */
export async function setPhase(
  asked: PhaseRequest,
  parts: ProvisioningParts,
  options: ProvisioningOptions,
): Promise<ProvisioningReceipt> {
  const spec = parseMeshedServiceSpec(asked.request.service);
  const { phase: from, delivery } = spec;
  const wish = phaseMove(from, asked.phase, asked.reason);
  const isEnforced = wish.direction === 'forward' && wish.to === 'enforce';
  const move = justified(
    wish,
    isEnforced ? await enforcementEvidence(spec, parts, options) : undefined,
  );
  const request = inPhase(asked.request, asked.phase);
  return delivery.mode === 'gitops'
    ? changeByGit(request, move, parts, options)
    : changeCluster(request, move, asked.force ?? false, parts, options);
}

function inPhase(request: ServiceRequest, phase: Phase): ServiceRequest {
  return { ...request, service: { ...Object(request.service), phase } };
}

async function changeByGit(
  request: ServiceRequest,
  move: PhaseMove,
  parts: ProvisioningParts,
  options: ProvisioningOptions,
): Promise<ProvisioningReceipt> {
  const { publishing } = parts;
  if (!publishing)
    throw new NotFoundError(
      'delivery: what Argo CD delivers is changed in its repository; use the portal, which has it at hand',
    );
  const wanted = await wantedOf(request, parts, options.transferFrom);
  refuseViolations(wanted.violations);
  const write = { ...options, reason: reasonOf(move) };
  const published =
    move.direction === 'back'
      ? await publishing.change(request, write)
      : await publishing.propose(request, write);
  const step: ReceiptStep = {
    system: 'repository',
    ref: { ...kinds.MeshedService, name: wanted.spec.name },
    outcome: outcomes[published.outcome],
  };
  const cluster = parts.cluster(wanted.spec.cluster);
  const namespace = await cluster.kubernetes
    .read({ ...kinds.Namespace, name: wanted.spec.namespace }, options)
    // Which restart is needed is worth a look, but not the whole change.
    .catch(() => undefined);
  return receiptFrom(wanted, parts, options, [step], {
    operation: 'phase',
    phase: recorded(move),
    repository: repositoryOf(published),
    ...restartAfter(wanted, namespace),
  });
}

function recorded(move: PhaseMove): ProvisioningReceipt['phase'] {
  const { from, to, reason, evidence } = move;
  return {
    ...{ from, to },
    ...(reason ? { reason } : {}),
    ...(evidence ? { evidence } : {}),
  };
}

const outcomes = {
  created: 'committed',
  changed: 'committed',
  proposed: 'proposed',
  unchanged: 'unchanged',
} as const satisfies Record<Receipt['outcome'], ReceiptStep['outcome']>;

async function changeCluster(
  request: ServiceRequest,
  move: PhaseMove,
  force: boolean,
  parts: ProvisioningParts,
  options: ProvisioningOptions,
): Promise<ProvisioningReceipt> {
  const { onStep = () => undefined } = options;
  const wanted = await wantedOf(request, parts, options.transferFrom);
  refuseViolations(wanted.violations);
  const cluster = parts.cluster(wanted.spec.cluster);
  onStep(`Asking all systems before ${move.from} becomes ${move.to}`);
  const survey = await surveyService(wanted, parts, cluster, options.signal);
  const isBack = move.direction === 'back';
  if (move.direction === 'forward') refuseUnseen(move, survey);
  const forced =
    isBack && force
      ? survey.decisions.flatMap(decision => overridingOf(decision) ?? [])
      : [];
  // A sealed Vault or an unwilling project must not keep anybody from ending an outage.
  const problems = unforcedProblems(survey.problems, forced).filter(
    ({ system }) => !isBack || system === 'kubernetes',
  );
  if (problems.length > 0)
    throw new PreflightError(
      `Moving ${wanted.spec.name} from ${move.from} to ${move.to}`,
      problems,
    );
  const overridden = await override(forced, cluster, options);
  const first = isBack ? serversOf(survey) : [];
  const done = new Set([...first, ...forced.map(({ decision }) => decision)]);
  const steps = [...overridden];
  for (const stage of [
    { ...survey, decisions: first, removals: [] },
    {
      ...survey,
      decisions: survey.decisions.filter(
        decision => !done.has(decision) && !isForced(decision, forced),
      ),
    },
  ]) {
    const applied = await applyService(wanted, stage, cluster, options, [
      'namespace',
      'serviceAccount',
      'linkerdPolicy',
    ]);
    steps.push(...applied.steps);
  }
  const published = await recordInStamp(request, move, parts, options);
  return receiptFrom(wanted, parts, options, steps, {
    operation: 'phase',
    phase: recorded(move),
    ...(survey.namespace
      ? { namespaceUid: survey.namespace.metadata.uid }
      : {}),
    ...(published ? { repository: repositoryOf(published) } : {}),
    ...restartAfter(wanted, survey.namespace),
  });
}

/** From where a service moves is what its Servers say, and not only who asks. */
function refuseUnseen({ from, to }: PhaseMove, { decisions }: Survey): void {
  const seen = phaseSeen(decisions);
  if (!seen || phases.indexOf(seen) >= phases.indexOf(from)) return;
  throw new InputError(
    `phase: the Servers are in ${seen}, not in ${from}, and ${seen} does not become ${to} at once; move it to ${from} first`,
  );
}

function serversOf({ decisions }: Survey) {
  return decisions.filter(
    ({ object, plan }) =>
      object.kind === kinds.Server.kind && plan.action !== 'conflict',
  );
}

const isForced = (
  decision: Overriding['decision'] | Survey['decisions'][number],
  forced: readonly Overriding[],
) => forced.some(each => each.decision.object === decision.object);

/** Takes the policy of our Servers over, on exactly the state that was looked at. */
async function override(
  forced: readonly Overriding[],
  { kubernetes }: ProvisioningCluster,
  { signal, onStep }: ProvisioningOptions,
): Promise<ReceiptStep[]> {
  const steps: ReceiptStep[] = [];
  for (const { decision, object, overrode } of forced) {
    signal?.throwIfAborted();
    onStep?.(
      `Taking spec.accessPolicy of ${formatObjectRef(
        decision.plan.ref,
      )} from ${overrode.map(each => each.with).join(', ')}`,
    );
    const { uid, resourceVersion } = decision.live.metadata;
    const after = await kubernetes.apply(object, {
      uid,
      resourceVersion,
      force: true,
      signal,
    });
    const fields = fieldsThatDiffer(decision.live, after);
    steps.push({ ...stepOf(object, 'changed'), fields, overrode });
  }
  return steps;
}

/** In apply the repository holds nothing but the stamp of it; where there is no repository, there is nothing to record. */
async function recordInStamp(
  request: ServiceRequest,
  move: PhaseMove,
  { publishing }: ProvisioningParts,
  options: ProvisioningOptions,
): Promise<Receipt | undefined> {
  if (!publishing || move.direction === 'none') return undefined;
  options.onStep?.('Recording the phase in the stamp');
  try {
    return await publishing.change(request, {
      ...options,
      reason: reasonOf(move),
    });
  } catch (error) {
    if (error instanceof NotFoundError) return undefined;
    throw error;
  }
}
