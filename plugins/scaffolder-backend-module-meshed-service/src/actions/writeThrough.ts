import {
  formatServiceRef,
  ProvisioningReceipt,
  ServiceRef,
} from '@meshway/plugin-meshed-service-common';
import type { BackendOptions } from '@meshway/plugin-meshed-service-node';
import { inSlices, StepContext, StepServices } from '../step';
import { announce } from './announce';
import { describeProvisioned, isWaiting, Provisioned } from './provisioned';

/** One write, as the backend does it. */
export type Writing = {
  target: { service: ServiceRef; entityRef: string };
  /** Names the checkpoint of the write. */
  verb: string;
  waitSeconds: number;
  /** Idempotent: a checkpoint is stored only after it returned. */
  ask(
    options: BackendOptions,
    waitSeconds: number,
  ): Promise<ProvisioningReceipt>;
  /** @throws where the receipt is no end: then there is no checkpoint, and Retry goes on. */
  accept?(receipt: ProvisioningReceipt): void;
};

/**
 * Asks the backend to write, once per task and item: what was done is kept, and a retry of the task does not ask again. The
 * request carries the original values, so what the backend admits, authorizes and writes hangs on no earlier step.
 */
export async function writeThrough(
  ctx: StepContext,
  services: Pick<StepServices, 'auth' | 'events'>,
  { target, verb, waitSeconds, ask, accept }: Writing,
): Promise<Provisioned> {
  ctx.signal?.throwIfAborted();
  const done = await ctx.checkpoint({
    key: `${verb}:${formatServiceRef(target.service)}`,
    fn: async () => {
      const receipt = await inSlices(ctx, services, {
        waitSeconds,
        ask,
        isDone: answer => !isWaiting(answer),
      });
      accept?.(receipt);
      return describeProvisioned(receipt, target.entityRef);
    },
  });
  if (done.repository) await announce(done, services, ctx);
  return done;
}

/** Shows what was done to whoever watches the task, and gives it to the steps and links after it. */
export function showProvisioned(
  done: Provisioned,
  {
    logger,
    output,
  }: {
    logger: StepContext['logger'];
    output<Name extends keyof Provisioned>(
      name: Name,
      value: Provisioned[Name],
    ): void;
  },
): void {
  logger.info(`${done.service}: ${done.outcome}`);
  done.changes.forEach(line => logger.info(`  ${line}`));
  done.waits.forEach(line => logger.warn(`  ${line}`));
  output('service', done.service);
  output('entityRef', done.entityRef);
  output('outcome', done.outcome);
  output('changes', done.changes);
  output('waits', done.waits);
  output('repository', done.repository);
  output('repositoryUrl', done.repositoryUrl);
  output('changeUrl', done.changeUrl);
  output('receipt', done.receipt);
}
