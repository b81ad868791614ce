import type { MeshVerification } from '@meshway/plugin-meshed-service-common';
import type { ProvisioningParts, Wanted } from '../context';
import { waitUntil } from '../waitUntil';
import { differs, meshVerification } from './meshVerification';

/** A restart that nobody begins for so long is somebody's who reads this first. */
const RESTART_SECONDS = 30;
/** What was asked for directly a moment ago, a watch may tell of a little later. */
const CATCH_UP_SECONDS = 10;

/**
 * Waits until the mesh does what the phase of a service promises, or the time is up; or, where pods have to be restarted, until
 * nothing has moved for a while. It is watched anyway: looking again asks no API.
 *
 * @returns what was seen last, and whether waiting longer might have helped; undefined where nobody watches, and where nothing
 *   is to run.
 */
export async function waitForMesh(
  { spec, holder }: Pick<Wanted, 'spec' | 'holder'>,
  parts: Pick<ProvisioningParts, 'clock' | 'pollSeconds' | 'statuses'>,
  options: {
    waitSeconds: number;
    signal?: AbortSignal;
    onStep?: (step: string) => void;
  },
): Promise<{ mesh: MeshVerification; timedOut: boolean } | undefined> {
  const { statuses } = parts;
  if (!statuses) return undefined;
  if (spec.workload.replicas === 0) {
    options.onStep?.(
      'mesh: no replicas are asked for; until some run, there is nothing to see',
    );
    return undefined;
  }
  await statuses.renew?.(holder.service, spec, options.signal);
  let last: MeshVerification | undefined;
  const began = parts.clock.now();
  let since = began;
  const settled = await waitUntil(parts, options, async () => {
    const status = await statuses.read(holder.service, spec);
    const seen = meshVerification(spec.phase, status);
    if (seen.message !== last?.message) {
      since = parts.clock.now();
      options.onStep?.(wordsOf(seen));
    }
    last = seen;
    const now = parts.clock.now();
    const stands = now - since >= RESTART_SECONDS * 1000;
    const mayLag = differs(status) && now - began < CATCH_UP_SECONDS * 1000;
    return (seen.state === 'ok' && !mayLag) || (seen.needsRestart && stands)
      ? seen
      : undefined;
  });
  return last && { mesh: last, timedOut: settled === undefined };
}

function wordsOf({ message, fix }: MeshVerification): string {
  return ['mesh:', message, ...(fix ? [fix] : [])].join(' ');
}
