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
  options: WritingOptions & { transferFrom?: string },
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
      const handover = { transferFrom: options.transferFrom };
      const plan = await provisioning.plan(request, { signal, ...handover });
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
      const proposed =
        publishing && (await propose(publishing, request, write));
      const receipt: ProvisioningReceipt | undefined = proposed
        ? undefined
        : await provisioning.ensure(request, { ...write, ...handover });
      if (options.json)
        terminal.print(
          asJson({
            plan,
            ...(proposed ? { proposed } : {}),
            ...(receipt ? { receipt } : {}),
          }),
        );
      else {
        if (proposed) terminal.print(presentProposal(proposed));
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
 * What Argo CD delivers is changed by a proposal, for review.
 *
 * @returns nothing where there is nothing to propose: a new service, another delivery, or the same answers as before.
 */
async function propose(
  publishing: MeshedServicePublishing,
  request: ServiceRequest,
  write: ProvisioningOptions,
): Promise<Receipt | undefined> {
  const { outcome, spec } = await publishing.plan(request, write);
  return outcome === 'change' && spec.delivery.mode === 'gitops'
    ? publishing.propose(request, write)
    : undefined;
}

function presentProposal({ repository, branch, commit, change }: Receipt) {
  return change
    ? `Repository ${repository}: proposed as ${change.id} (${change.url}); Argo CD writes it once it is merged.`
    : `Repository ${repository}: ${branch} at ${commit} has it already.`;
}
