import {
  interruptible,
  OpenPlatform,
  openPlatform,
  PlatformOptions,
} from '../platform';
import type { Host } from '../program';

const advice = {
  reading: 'Nothing was written.',
  writing:
    'What was written stays, and nothing is left half-written: repeat the command to finish, or see with `meshway plan` what is left.',
  retiring:
    'What was deleted is gone, and the rest is untouched: repeat the command to finish, or see with --plan what is left.',
};

/** Does work on the real systems of a cluster, lets go of them at the end, and stops cleanly when it is interrupted. */
export function withPlatform<Result>(
  cluster: string,
  options: PlatformOptions,
  host: Pick<Host, 'terminal' | 'packageFolder'>,
  intent: keyof typeof advice,
  work: (platform: OpenPlatform, signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  return interruptible(host.terminal, advice[intent], async signal => {
    const platform = await openPlatform(cluster, options, host);
    try {
      return await work(platform, signal);
    } finally {
      await platform.close();
    }
  });
}
