import type {
  Problem,
  ProvisioningReceipt,
} from '@meshway/plugin-meshed-service-common';
import type { ProvisioningOptions } from '@meshway/plugin-meshed-service-node';
import { ExitCode, exitCodes } from '../exitCodes';
import type { OpenPlatform, PlatformOptions } from '../platform';
import { whoAsks } from '../platform/whoAsks';
import type { Terminal } from '../Terminal';
import { UnreadableError } from '../UnreadableError';

/** Options of the commands that write. */
export type WritingOptions = PlatformOptions & {
  yes?: boolean;
  author?: string;
  wait: string;
  json?: boolean;
};

const LONGEST_WAIT = 3600;

/** @throws UnreadableError naming --wait. */
export function secondsOf(text: string): number {
  const seconds = /^\d{1,5}$/.test(text) ? Number(text) : NaN;
  if (seconds <= LONGEST_WAIT) return seconds;
  throw new UnreadableError(
    `--wait: ${JSON.stringify(
      text.slice(0, 20),
    )} is not possible; write seconds, from 0 to ${LONGEST_WAIT}`,
  );
}

/** In whose name is written, and who is told. */
export async function writeOptions(
  { author, wait }: Pick<WritingOptions, 'author' | 'wait'>,
  { publishing }: OpenPlatform,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<ProvisioningOptions> {
  const who = await whoAsks(author, publishing !== undefined);
  return {
    author: who.author,
    created: { by: who.by, at: new Date().toISOString() },
    waitSeconds: secondsOf(wait),
    signal,
    onStep: step => terminal.note(`… ${step}`),
  };
}

/**
 * Asks whether what was shown shall be done.
 *
 * @throws UnreadableError where nobody can answer and nobody has said yes beforehand.
 */
export async function isAgreed(
  question: string,
  { yes }: Pick<WritingOptions, 'yes'>,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<boolean> {
  if (yes) return true;
  const answer = await terminal.ask(`${question} [y/N] `, signal);
  if (answer === undefined)
    throw new UnreadableError(
      'Nobody is here to be asked, and nothing was written; add --yes to agree beforehand',
    );
  const agreed = /^y(es)?$/i.test(answer.trim());
  if (!agreed) terminal.note('Nothing was written.');
  return agreed;
}

const passing: ReadonlyArray<Problem['code']> = [
  'unreachable',
  'vault-sealed',
  'vault-uninitialized',
  'namespace-terminating',
  'application-terminating',
];

/** @returns what a refusal for these reasons ends with: where time alone may help, a script may try again. */
export function exitCodeOfProblems(
  problems: ReadonlyArray<Pick<Problem, 'code'>>,
): ExitCode {
  return problems.length > 0 &&
    problems.every(({ code }) => passing.includes(code))
    ? exitCodes.unavailable
    : exitCodes.refused;
}

/** What waits for others is not done yet. */
export function exitCodeOfReceipt({
  outcome,
}: Pick<ProvisioningReceipt, 'outcome'>): ExitCode {
  return outcome === 'partial' ? exitCodes.unknown : exitCodes.ok;
}

export const asJson = (value: unknown) => JSON.stringify(value, undefined, 2);
