import { names, Verification } from '@meshway/plugin-meshed-service-common';
import { ExitCode, exitCodes } from '../exitCodes';
import type { PlatformOptions } from '../platform';
import { presentTarget, presentVerification } from '../present';
import type { Host } from '../program';
import { requestFrom } from './requestFrom';
import { withPlatform } from './withPlatform';
import { asJson, secondsOf } from './writing';

/** Says whether a service is what was asked for. */
export async function verify(
  file: string,
  options: PlatformOptions & { wait: string; json?: boolean },
  host: Host,
): Promise<void> {
  const { terminal, finish } = host;
  const waitSeconds = secondsOf(options.wait);
  const { spec, request } = await requestFrom(file, terminal);
  await withPlatform(
    spec.cluster,
    { ...options, namespace: names.namespace(spec) },
    host,
    'reading',
    async ({ provisioning, target, watch }, signal) => {
      await watch(signal);
      const verification = await provisioning.verify(request, {
        waitSeconds,
        signal,
        onStep: step => terminal.note(`… ${step}`),
      });
      terminal.print(
        options.json
          ? asJson(verification)
          : `${presentTarget(target)}\n${presentVerification(verification)}`,
      );
      finish(exitCodeOfState(verification));
    },
  );
}

function exitCodeOfState({ state }: Verification): ExitCode {
  if (state === 'ok') return exitCodes.ok;
  return state === 'degraded' || state === 'missing'
    ? exitCodes.refused
    : exitCodes.unknown;
}
