import type { ProvisioningPlan } from '@meshway/plugin-meshed-service-common';
import { ExitCode, exitCodes } from '../exitCodes';
import type { PlatformOptions } from '../platform';
import { presentPlan, presentTarget } from '../present';
import type { Host } from '../program';
import { requestFrom } from './requestFrom';
import { withPlatform } from './withPlatform';
import { asJson, exitCodeOfProblems } from './writing';

/** Says what a request would change. */
export async function plan(
  file: string,
  options: PlatformOptions & { json?: boolean; transferFrom?: string },
  host: Host,
): Promise<void> {
  const { terminal, finish } = host;
  const { spec, request } = await requestFrom(file, terminal);
  await withPlatform(
    spec.cluster,
    options,
    host,
    'reading',
    async ({ provisioning, publishing, target }, signal) => {
      const { transferFrom } = options;
      const planned = await provisioning.plan(request, {
        signal,
        transferFrom,
      });
      if (options.json) terminal.print(asJson(planned));
      else terminal.print(`${presentTarget(target)}\n${presentPlan(planned)}`);
      if (!publishing && spec.delivery.mode === 'gitops')
        terminal.note(
          'The repository was not looked at: add --config with the forge of the portal.',
        );
      finish(exitCodeOfPlan(planned));
    },
  );
}

function exitCodeOfPlan({ outcome, problems, violations }: ProvisioningPlan) {
  const codes: Record<ProvisioningPlan['outcome'], ExitCode> = {
    create: exitCodes.changes,
    change: exitCodes.changes,
    unchanged: exitCodes.ok,
    refused:
      violations.length > 0 ? exitCodes.refused : exitCodeOfProblems(problems),
  };
  return codes[outcome];
}
