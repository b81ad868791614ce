import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { formatServiceRef } from '@meshway/plugin-meshed-service-common';
import { inPlainWords, readTarget, StepServices } from '../step';
import { examples } from './setPhase.examples';
import { notWritten } from './provisioned';
import { provisionedOutputs, targetInput } from './schemas';
import { showProvisioned, writeThrough } from './writeThrough';

/** Moves a service from phase to phase. */
export const createSetPhaseAction = (services: StepServices) =>
  createTemplateAction({
    id: 'meshedService:service:setPhase',
    description:
      'Moves a service to another phase, in an order that cuts no permitted client off. Forward it is one step at a time and needs a reason, or to enforce traffic that shows that nobody is cut off; back it goes anywhere, at once. In gitops forward is a proposed change, and back a commit.',
    examples,
    supportsDryRun: true,
    schema: {
      input: {
        service: targetInput,
        phase: z =>
          z
            .enum(['observe', 'audit', 'enforce'])
            .describe(
              'observe lets everybody in, audit counts who would be refused, enforce refuses',
            ),
        reason: z =>
          z
            .string()
            .max(500)
            .optional()
            .describe(
              'Why it may be moved forward without evidence from traffic, or against it; kept in receipt and audit log. Ignored back',
            ),
        force: z =>
          z
            .boolean()
            .optional()
            .describe(
              'Only back: takes spec.accessPolicy of our own Servers from whoever wrote it, and the receipt names them',
            ),
      },
      output: provisionedOutputs,
    },
    handler: ctx =>
      inPlainWords(async () => {
        const { service: given, phase, reason, force } = ctx.input;
        if (ctx.isDryRun) {
          const named = typeof given === 'string' ? given : '';
          const would = `the service would be moved to \`${phase}\`.`;
          showProvisioned(notWritten(named, named, would), ctx);
          return;
        }
        const target = await readTarget(given, ctx, services);
        ctx.logger.info(
          `Moving ${formatServiceRef(target.service)} to ${phase}`,
        );
        const done = await writeThrough(ctx, services, {
          target,
          verb: `phase-${phase}`,
          waitSeconds: 0,
          ask: options =>
            services.backend.setPhase(
              target.service,
              {
                phase,
                reason: reason?.trim() || undefined,
                force,
                spec: target.spec,
                task: ctx.task.id,
              },
              options,
            ),
        });
        showProvisioned(done, ctx);
      }),
  });
