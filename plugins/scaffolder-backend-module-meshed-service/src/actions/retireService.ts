import { ServiceUnavailableError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import {
  formatObjectRef,
  formatServiceRef,
  RetirementPlan,
} from '@meshway/plugin-meshed-service-common';
import { PreflightError } from '@meshway/plugin-meshed-service-node';
import {
  inPlainWords,
  readTarget,
  StepContext,
  StepServices,
  Target,
  userOf,
} from '../step';
import { announce } from './announce';
import { isWaiting, notWritten } from './provisioned';
import { examples } from './retireService.examples';
import { provisionedOutputs, targetInput, waitInput } from './schemas';
import { showProvisioned, writeThrough } from './writeThrough';

/** Argo CD's finalizer waits for every pod. */
const WAIT_SECONDS = 300;

/** Takes a service away again, and nothing else. */
export const createRetireServiceAction = (services: StepServices) =>
  createTemplateAction({
    id: 'meshedService:service:retire',
    description:
      'Retires a service: Argo CD application, Vault role, policies, namespace, in this order, and nothing that is not provably ours. The log says before what goes, what stays, and what nobody can list. The repository stays.',
    examples,
    supportsDryRun: true,
    schema: {
      input: {
        service: targetInput,
        confirmNamespace: z =>
          z
            .string()
            .max(63)
            .optional()
            .describe(
              'Name of the namespace, typed by whoever asks: without it a namespace stays, emptied, when it may hold something that nobody can list, such as Secrets',
            ),
        waitSeconds: waitInput,
      },
      output: provisionedOutputs,
    },
    handler: ctx =>
      inPlainWords(async () => {
        const {
          service: given,
          confirmNamespace,
          waitSeconds = WAIT_SECONDS,
        } = ctx.input;
        if (ctx.isDryRun) {
          const named = typeof given === 'string' ? given : '';
          const would = 'the service would be retired.';
          showProvisioned(notWritten(named, named, would), ctx);
          return;
        }
        const target = await readTarget(given, ctx, services);
        const { owner, delivery } = await lookedAt(
          target,
          confirmNamespace,
          ctx,
          services,
        );
        const done = await writeThrough(ctx, services, {
          target,
          verb: 'retire',
          waitSeconds,
          ask: (options, seconds) =>
            services.backend.retire(
              target.service,
              {
                // Once the last of it is gone, nothing else says whose it was.
                owner,
                delivery,
                confirmNamespace,
                task: ctx.task.id,
                waitSeconds: seconds,
              },
              options,
            ),
          accept(receipt) {
            if (isWaiting(receipt))
              throw new ServiceUnavailableError(
                `${
                  receipt.service
                } is not gone yet after ${waitSeconds} seconds: ${receipt.steps
                  .flatMap(({ outcome, because }) =>
                    outcome === 'waiting' ? because ?? [] : [],
                  )
                  .join('; ')}. Press Retry to go on.`,
              );
          },
        });
        await announce({ ...done, repository: '' }, services, ctx);
        showProvisioned(done, ctx);
      }),
  });

/**
 * Says what goes and what stays, before anything goes, asked exactly as it is deleted afterwards.
 *
 * @returns whose the service is and who writes it, kept by a checkpoint: a retry meets less and less of it.
 * @throws PreflightError with every problem.
 */
async function lookedAt(
  { service }: Target,
  confirmNamespace: string | undefined,
  ctx: StepContext,
  services: StepServices,
): Promise<Pick<RetirementPlan, 'owner' | 'delivery'>> {
  return ctx.checkpoint({
    key: `retirement:${formatServiceRef(service)}`,
    fn: async () => {
      const plan = await services.backend.planRetirement(
        service,
        { confirmNamespace },
        { credentials: await userOf(ctx, services), signal: ctx.signal },
      );
      showPlan(plan, ctx);
      if (plan.problems.length > 0)
        throw new PreflightError(`Retiring ${plan.service}`, plan.problems);
      return { owner: plan.owner, delivery: plan.delivery };
    },
  });
}

function showPlan(
  { service, owner, objects, namespace, foreign, unseen }: RetirementPlan,
  { logger }: Pick<StepContext, 'logger'>,
): void {
  logger.info(`Retiring ${service} of ${owner}`);
  for (const { action, ref, because } of objects)
    logger.info(
      `  ${action} ${formatObjectRef(ref)}${because ? `: ${because}` : ''}`,
    );
  const { action, because } = namespace;
  logger.info(
    `  ${action} Namespace ${namespace.name}${because ? `: ${because}` : ''}`,
  );
  if (foreign.length > 0)
    logger.warn(
      `  not ours, and not touched: ${foreign.map(formatObjectRef).join(', ')}`,
    );
  if (unseen.length > 0) logger.warn(`  nobody can list: ${unseen.join(', ')}`);
}
