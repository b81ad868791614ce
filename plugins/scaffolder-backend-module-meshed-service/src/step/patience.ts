import type { BackendOptions } from '@meshway/plugin-meshed-service-node';
import { userOf } from './initiator';
import type { StepContext, StepServices } from './StepServices';

/** Longer than a finalizer or a look of Argo CD usually takes, and short enough for a right that was taken away to be noticed. */
const SLICE_SECONDS = 20;

/**
 * Waits for others in slices, each a request of its own: the backend decides on the user anew before it writes anything
 * further, and within a slice stops when the sign-in ends. Every request may be repeated.
 *
 * @param ask - asks the backend to wait so long at most.
 * @param isDone - whether nothing is left to wait for.
 * @returns the last answer, done or not.
 */
export async function inSlices<Answer>(
  ctx: Pick<StepContext, 'getInitiatorCredentials' | 'logger' | 'signal'>,
  services: Pick<StepServices, 'auth'>,
  {
    waitSeconds,
    ask,
    isDone,
  }: {
    waitSeconds: number;
    ask(options: BackendOptions, waitSeconds: number): Promise<Answer>;
    isDone(answer: Answer): boolean;
  },
): Promise<Answer> {
  const told = new Set<string>();
  const options: BackendOptions = {
    credentials: await userOf(ctx, services),
    signal: ctx.signal,
    onStep(step) {
      // Each slice begins with what the one before has said.
      if (!told.has(step)) ctx.logger.info(step);
      told.add(step);
    },
  };
  for (let left = waitSeconds; ; left -= SLICE_SECONDS) {
    const answer = await ask(
      options,
      Math.max(0, Math.min(left, SLICE_SECONDS)),
    );
    if (isDone(answer) || left <= SLICE_SECONDS) return answer;
  }
}
