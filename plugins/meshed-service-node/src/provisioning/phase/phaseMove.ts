import { InputError } from '@backstage/errors';
import {
  Phase,
  PhaseEvidence,
  phases,
  ProvisioningReceipt,
} from '@meshway/plugin-meshed-service-common';

/** From where a service moves to where, and why. */
export type PhaseMove = {
  from: Phase;
  to: Phase;
  direction: 'forward' | 'back' | 'none';
  /** Only forward: why it may be moved without evidence, or against it. */
  reason?: string;
  /** Only forward to enforce, where traffic is measured. */
  evidence?: PhaseEvidence;
};

const LONGEST_REASON = 500;

/**
 * @returns the move, judged. Forward is one step at a time, so that each step is seen to hold before the next; back goes
 *   anywhere at once.
 * @throws InputError naming the field and the way out.
 */
export function phaseMove(from: Phase, to: Phase, reason?: string): PhaseMove {
  const steps = phases.indexOf(to) - phases.indexOf(from);
  if (steps === 0) return { from, to, direction: 'none' };
  if (steps < 0) return { from, to, direction: 'back' };
  if (steps > 1)
    throw new InputError(
      `phase: ${from} does not become ${to} at once; move it to audit first, and look at whom enforce would refuse`,
    );
  const text = reason?.trim() ?? '';
  if (text === '') return { from, to, direction: 'forward' };
  if (text.length > LONGEST_REASON || !isPlain(text))
    throw new InputError(
      `reason: write at most ${LONGEST_REASON} characters, without control characters`,
    );
  return { from, to, direction: 'forward', reason: text };
}

/**
 * @returns the move that is really made. From where a service moves is what its Servers say, and not only what is recorded:
 *   a run that ended half-way, or somebody's hand, has left the one behind the other.
 * @param seen - the phase of its Servers.
 * @throws InputError naming the field and the way out.
 */
export function moveSeen(
  wish: PhaseMove,
  seen: Phase | undefined,
  reason?: string,
): PhaseMove {
  const { from, to, direction } = wish;
  // Back never denies anybody, whatever a single Server is in.
  if (!seen || direction === 'back') return wish;
  if (isBefore(to, seen)) return { from: seen, to, direction: 'back' };
  if (direction === 'none') return phaseMove(seen, to, reason);
  if (isBefore(seen, from))
    throw new InputError(
      `phase: the Servers are in ${seen}, not in ${from}, and ${seen} does not become ${to} at once; move it to ${from} first`,
    );
  return wish;
}

const isBefore = (one: Phase, other: Phase) =>
  phases.indexOf(one) < phases.indexOf(other);

function isPlain(text: string): boolean {
  return ![...text].some(character => {
    const code = character.codePointAt(0) ?? 0;
    return (code < 32 && code !== 10) || code === 127;
  });
}

/**
 * @returns the move with what it rests on.
 * @throws InputError when it goes forward with neither evidence that nobody is cut off nor a reason.
 */
export function justified(
  move: PhaseMove,
  evidence: PhaseEvidence | undefined,
): PhaseMove {
  const { from, to, direction, reason } = move;
  if (direction !== 'forward') return move;
  if (reason === undefined && evidence?.outcome !== 'nobody')
    throw new InputError(
      `reason: say why ${from} may become ${to}; there is no evidence from traffic that nobody is cut off${
        evidence ? `. ${evidence.because}` : ''
      }`,
    );
  return { ...move, ...(evidence ? { evidence } : {}) };
}

/** @returns whether a move may cut somebody off, so that evidence counts. */
export function isToEnforce({ direction, to }: PhaseMove): boolean {
  return direction === 'forward' && to === 'enforce';
}

/** @returns the move as receipts and audit events keep it. */
export function recordedMove(
  move: PhaseMove,
): NonNullable<ProvisioningReceipt['phase']> {
  const { from, to, reason, evidence } = move;
  return {
    ...{ from, to },
    ...(reason ? { reason } : {}),
    ...(evidence ? { evidence } : {}),
  };
}

/** @returns why a move is made, in one line for whoever reads the change: as somebody said, else as traffic showed. */
export function reasonOf({ reason, evidence }: PhaseMove): string | undefined {
  return reason ?? evidence?.because;
}
