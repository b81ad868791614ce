import { NotFoundError, toError } from '@backstage/errors';
import {
  kinds,
  ProvisioningReceipt,
  ReceiptStep,
} from '@meshway/plugin-meshed-service-common';
import { applyService } from '../ensure/applyService';
import { stepOf } from '../ensure/writeObject';
import { ProvisioningParts, Wanted } from '../context';
import { PreflightError } from '../errors';
import { PhaseOptions } from '../MeshedServiceProvisioning';
import { receiptFrom, repositoryOf } from '../receipt';
import { Survey, surveyService } from '../survey/surveyService';
import { enforcementEvidence } from './enforcementEvidence';
import {
  isToEnforce,
  justified,
  moveSeen,
  PhaseMove,
  reasonOf,
  recordedMove,
} from './phaseMove';
import {
  override,
  Overriding,
  overridingOf,
  unforcedProblems,
} from './overriding';
import { restartOf } from './restartOf';

type Change = {
  wanted: Wanted;
  /** As it is recorded. */
  move: PhaseMove;
  /** Why, should it turn out to go forward. */
  reason?: string;
  force: boolean;
};

/**
 * Forward, whoever is permitted is let in before anybody is kept out. Back, the Servers come first, because that is what ends
 * the trouble; nothing but the cluster itself may stand in the way then.
 */
export async function changePhaseInCluster(
  { wanted, move: wish, reason, force }: Change,
  parts: ProvisioningParts,
  options: PhaseOptions,
): Promise<ProvisioningReceipt> {
  const { onStep = () => undefined } = options;
  const cluster = parts.cluster(wanted.spec.cluster);
  onStep(`Asking all systems before ${wish.from} becomes ${wish.to}`);
  const survey = await surveyService(wanted, parts, cluster, options.signal);
  const seen = moveSeen(wish, survey.phase, reason);
  const move = await justifiedAsSeen(seen, wish, wanted, parts, options);
  const isBack = move.direction === 'back';
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
  const steps = await override(forced, cluster, options);
  for (const stage of stagesOf(survey, isBack, forced)) {
    const applied = await applyService(wanted, stage, cluster, options, [
      'namespace',
      'serviceAccount',
      'linkerdPolicy',
    ]);
    steps.push(...applied.steps);
  }
  const restart = await restartOf(wanted, survey, cluster.kubernetes, options);
  const recorded =
    wish.direction === 'none'
      ? { steps: [] }
      : await recordInStamp(wanted, move, parts, options);
  return receiptFrom(wanted, parts, options, [...steps, ...recorded.steps], {
    operation: 'phase',
    phase: recordedMove(move),
    ...(survey.namespace
      ? { namespaceUid: survey.namespace.metadata.uid }
      : {}),
    ...recorded.facts,
    ...restart,
  });
}

/** The recorded move has been judged; another one that the cluster shows has not. */
async function justifiedAsSeen(
  seen: PhaseMove,
  wish: PhaseMove,
  { spec }: Wanted,
  parts: ProvisioningParts,
  options: PhaseOptions,
): Promise<PhaseMove> {
  if (seen === wish) return wish;
  return justified(
    seen,
    isToEnforce(seen)
      ? await enforcementEvidence(spec, parts, options)
      : undefined,
  );
}

/** Back, the Servers by themselves come before everything else. What was forced is done. */
function stagesOf(
  survey: Survey,
  isBack: boolean,
  forced: readonly Overriding[],
): Survey[] {
  const isDone = ({ object }: Survey['decisions'][number]) =>
    forced.some(({ decision }) => decision.object === object);
  const first = survey.decisions.filter(
    ({ object, plan }) =>
      isBack && object.kind === kinds.Server.kind && plan.action !== 'conflict',
  );
  return [
    { ...survey, decisions: first, removals: [] },
    {
      ...survey,
      decisions: survey.decisions.filter(
        decision => !first.includes(decision) && !isDone(decision),
      ),
    },
  ];
}

/**
 * In apply the repository holds nothing but the stamp of it; where there is no repository, there is nothing to record. The
 * cluster is changed by now, so whatever is in the way is said in the receipt, with what was done, and not instead of it.
 */
async function recordInStamp(
  { request, spec }: Wanted,
  move: PhaseMove,
  { publishing }: ProvisioningParts,
  options: PhaseOptions,
): Promise<{ steps: ReceiptStep[]; facts?: Partial<ProvisioningReceipt> }> {
  if (!publishing) return { steps: [] };
  options.onStep?.('Recording the phase in the stamp');
  try {
    const published = await publishing.change(request, {
      ...options,
      reason: reasonOf(move),
    });
    return { steps: [], facts: { repository: repositoryOf(published) } };
  } catch (error) {
    if (error instanceof NotFoundError) return { steps: [] };
    const stamp = { ...kinds.MeshedService, metadata: { name: spec.name } };
    const because = `The cluster is in ${
      move.to
    }, and the repository does not say so yet: ${toError(error).message}`;
    return {
      steps: [{ ...stepOf(stamp, 'waiting'), system: 'repository', because }],
    };
  }
}
