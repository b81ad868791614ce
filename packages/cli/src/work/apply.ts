import { InputError } from '@backstage/errors';
import type {
  MeshedServiceSpec,
  ProvisioningReceipt,
} from '@meshway/plugin-meshed-service-common';
import type {
  MeshedServicePublishing,
  ProvisioningOptions,
  Receipt,
  ServiceRequest,
} from '@meshway/plugin-meshed-service-node';
import { exitCodes } from '../exitCodes';
import { presentPlan, presentReceipt, presentTarget } from '../present';
import type { Host } from '../program';
import { requestFrom } from './requestFrom';
import { withPlatform } from './withPlatform';
import {
  asJson,
  exitCodeOfProblems,
  exitCodeOfReceipt,
  isAgreed,
  writeOptions,
  WritingOptions,
} from './writing';

/** Makes a service what was asked for, after showing what that means. */
export async function apply(
  file: string,
  options: WritingOptions,
  host: Host,
): Promise<void> {
  const { terminal, finish } = host;
  const { spec, request } = await requestFrom(file, terminal);
  refuseWithoutForge(spec.delivery, options);
  await withPlatform(
    spec.cluster,
    options,
    host,
    'writing',
    async (platform, signal) => {
      const { provisioning, publishing, target } = platform;
      const write = await writeOptions(options, platform, terminal, signal);
      const plan = await provisioning.plan(request, { signal });
      if (!options.json)
        terminal.print(`${presentTarget(target)}\n${presentPlan(plan)}`);
      const stop = (code: number) => {
        if (options.json) terminal.print(asJson({ plan }));
        finish(code);
      };
      if (plan.outcome === 'refused') {
        stop(
          plan.violations.length > 0
            ? exitCodes.refused
            : exitCodeOfProblems(plan.problems),
        );
        return;
      }
      if (plan.outcome === 'unchanged') {
        stop(exitCodes.ok);
        return;
      }
      const question = `Write this to cluster ${target.cluster} at ${target.server}?`;
      if (!(await isAgreed(question, options, terminal, signal))) {
        stop(exitCodes.refused);
        return;
      }
      const repository =
        publishing && (await publish(publishing, request, write));
      const receipt: ProvisioningReceipt | undefined =
        repository?.outcome === 'proposed'
          ? undefined
          : await provisioning.ensure(request, write);
      if (options.json)
        terminal.print(
          asJson({
            plan,
            ...(repository ? { repository } : {}),
            ...(receipt ? { receipt } : {}),
          }),
        );
      else {
        if (repository) terminal.print(presentRepository(repository));
        if (receipt) terminal.print(presentReceipt(receipt));
      }
      finish(receipt ? exitCodeOfReceipt(receipt) : exitCodes.ok);
    },
  );
}

/** What Argo CD delivers is written in a repository, and its name is held in the registry. */
export function refuseWithoutForge(
  { mode }: Pick<MeshedServiceSpec['delivery'], 'mode'>,
  { config }: Pick<WritingOptions, 'config'>,
): void {
  if (mode === 'gitops' && config === undefined)
    throw new InputError(
      'delivery: in gitops Argo CD writes the cluster from a repository, which is reached through the forge; name the configuration of the portal with --config app-config.yaml (meshedService.forge, .platform, .skeletons)',
    );
}

/**
 * Makes the repository, or changes it. Where Argo CD reads it, a change is proposed for review; else it holds nothing of the
 * service but its stamp, which follows at once.
 */
async function publish(
  publishing: MeshedServicePublishing,
  request: ServiceRequest,
  write: ProvisioningOptions,
): Promise<Receipt> {
  const { outcome, spec } = await publishing.plan(request, write);
  if (outcome !== 'change') return publishing.publish(request, write);
  return spec.delivery.mode === 'gitops'
    ? publishing.propose(request, write)
    : publishing.change(request, write);
}

function presentRepository({
  repository,
  branch,
  commit,
  outcome,
  change,
}: Receipt): string {
  return change
    ? `Repository ${repository}: proposed as ${change.id} (${change.url}); Argo CD writes it once it is merged.`
    : `Repository ${repository}: ${outcome}, ${branch} at ${commit}`;
}
