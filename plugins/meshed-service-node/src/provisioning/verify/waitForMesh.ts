import type { MeshVerification } from '@meshway/plugin-meshed-service-common';
import type { ProvisioningParts, Wanted } from '../context';
import { waitUntil } from '../waitUntil';
import { meshVerification } from './meshVerification';

/**
 * Waits until the mesh does what the phase of a service promises, or the time is up. It is watched anyway: looking again asks
 * no API.
 *
 * @returns what was seen last; undefined where nobody watches.
 */
export async function waitForMesh(
  { spec, holder }: Pick<Wanted, 'spec' | 'holder'>,
  parts: Pick<ProvisioningParts, 'clock' | 'pollSeconds' | 'statuses'>,
  options: {
    waitSeconds: number;
    signal?: AbortSignal;
    onStep?: (step: string) => void;
  },
): Promise<MeshVerification | undefined> {
  const { statuses } = parts;
  if (!statuses) return undefined;
  let last: MeshVerification | undefined;
  await waitUntil(parts, options, async () => {
    const status = await statuses.read(holder.service, spec);
    const seen = meshVerification(spec.phase, status);
    if (seen.message !== last?.message)
      options.onStep?.(`mesh: ${seen.message}`);
    last = seen;
    return seen.state === 'ok' ? seen : undefined;
  });
  return last;
}
