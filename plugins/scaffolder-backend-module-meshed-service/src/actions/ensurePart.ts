import {
  createTemplateAction,
  TemplateExample,
} from '@backstage/plugin-scaffolder-node';
import {
  formatServiceRef,
  fromForm,
  names,
  ProvisioningPart,
  serviceRefOf,
} from '@meshway/plugin-meshed-service-common';
import { inPlainWords, readRequest, readSpec, StepServices } from '../step';
import { checkWithoutWriting } from './dryRun';
import { notWritten } from './provisioned';
import {
  provisionedOutputs,
  serviceInput,
  skeletonInput,
  transferInput,
  waitInput,
} from './schemas';
import { showProvisioned, writeThrough } from './writeThrough';

/** In what the parts differ. */
type EnsuredPart = {
  part: ProvisioningPart;
  description: string;
  examples: TemplateExample[];
};

/** Makes one part of a service what was asked for. Where nothing differs, nothing is written. */
export const createEnsurePartAction = (
  { part, description, examples }: EnsuredPart,
  services: StepServices,
) =>
  createTemplateAction({
    id: `meshedService:${part}:ensure`,
    description,
    examples,
    supportsDryRun: true,
    schema: {
      input: {
        service: serviceInput,
        skeleton: skeletonInput,
        transferFrom: transferInput,
        waitSeconds: waitInput,
      },
      output: provisionedOutputs,
    },
    handler: ctx =>
      inPlainWords(async () => {
        const spec = readSpec(ctx.input.service);
        const target = {
          service: serviceRefOf(spec),
          entityRef: names.entityRef(spec),
        };
        if (ctx.isDryRun) {
          const { service, entityRef } = await checkWithoutWriting(
            spec,
            services.publishing,
          );
          const would = `${part} of **${service}** would be ensured.`;
          showProvisioned(notWritten(service, entityRef, would), ctx);
          return;
        }
        const { template } = readRequest(ctx.input, ctx);
        const { skeleton, transferFrom, waitSeconds = 0 } = ctx.input;
        ctx.logger.info(`Ensuring ${part} of ${formatServiceRef(spec)}`);
        const done = await writeThrough(ctx, services, {
          target,
          verb: `ensure-${part}`,
          waitSeconds,
          ask: (options, seconds) =>
            services.backend.ensurePart(
              part,
              target.service,
              {
                spec: fromForm(ctx.input.service),
                template,
                skeleton,
                transferFrom,
                task: ctx.task.id,
                waitSeconds: seconds,
              },
              options,
            ),
        });
        showProvisioned(done, ctx);
      }),
  });
