import { ProvisioningParts } from './context';

export const DEFAULT_SECONDS = 120;

/** Looks again and again until there is an answer, and gives up when the time is up. @returns undefined then. */
export async function waitUntil<Answer>(
  { clock, pollSeconds = 1 }: Pick<ProvisioningParts, 'clock' | 'pollSeconds'>,
  options: { waitSeconds?: number; signal?: AbortSignal },
  look: () => Promise<Answer | undefined>,
): Promise<Answer | undefined> {
  const end = clock.now() + (options.waitSeconds ?? DEFAULT_SECONDS) * 1000;
  for (;;) {
    options.signal?.throwIfAborted();
    const answer = await look();
    if (answer !== undefined || clock.now() >= end) return answer;
    await clock.sleep(pollSeconds * 1000, options.signal);
  }
}
