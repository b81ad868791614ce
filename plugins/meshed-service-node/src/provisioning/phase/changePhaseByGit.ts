import { NotFoundError } from '@backstage/errors';
import {
  kinds,
  ProvisioningReceipt,
  ReceiptStep,
} from '@meshway/plugin-meshed-service-common';
import { Receipt } from '../../publishing';
import { ProvisioningParts, Wanted } from '../context';
import { PhaseOptions } from '../MeshedServiceProvisioning';
import { receiptFrom, repositoryOf, restartAfter } from '../receipt';
import { recordedMove, moveSeen, PhaseMove, reasonOf } from './phaseMove';
import { phaseSeen, readPhaseSeen } from './phaseSeen';

/** Forward a change is proposed, so that others look at it. Back it is committed, and no cluster has to answer for it. */
export async function changePhaseByGit(
  { wanted, move }: { wanted: Wanted; move: PhaseMove },
  parts: ProvisioningParts,
  options: PhaseOptions,
): Promise<ProvisioningReceipt> {
  const { publishing } = parts;
  if (!publishing)
    throw new NotFoundError(
      'delivery: what Argo CD delivers is changed in its repository; use the portal, which has it at hand',
    );
  const isForward = move.direction === 'forward';
  const { kubernetes } = parts.cluster(wanted.spec.cluster);
  const seen = await readPhaseSeen(wanted, kubernetes, options).catch(error => {
    // Which restart is needed is worth a look, but not the whole change.
    if (!isForward) return undefined;
    throw error;
  });
  if (seen && isForward) moveSeen(move, phaseSeen(seen, wanted), move.reason);
  const write = { ...options, reason: reasonOf(move) };
  const published =
    move.direction === 'back'
      ? await publishing.change(wanted.request, write)
      : await publishing.propose(wanted.request, write);
  const step: ReceiptStep = {
    system: 'repository',
    ref: { ...kinds.MeshedService, name: wanted.spec.name },
    outcome: outcomes[published.outcome],
  };
  return receiptFrom(wanted, parts, options, [step], {
    operation: 'phase',
    phase: recordedMove(move),
    repository: repositoryOf(published),
    ...restartAfter(wanted, seen?.namespace),
  });
}

const outcomes = {
  created: 'committed',
  changed: 'committed',
  proposed: 'proposed',
  unchanged: 'unchanged',
} as const satisfies Record<Receipt['outcome'], ReceiptStep['outcome']>;
