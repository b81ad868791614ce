import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { names } from '@meshway/plugin-meshed-service-common';
import { inPlainWords, readRequest, readSpec, StepServices } from '../step';
import { examples } from './planService.examples';
import { describeViolation } from './violations';
import { serviceInput, skeletonInput } from './schemas';

const outcomes = {
  create: 'The service is new; its name is free.',
  unchanged: 'The service exists with exactly these answers.',
  change:
    'The service exists with other answers: publishing refuses; propose a change instead (meshedService:change:propose).',
  taken: 'The name is taken.',
} as const;

/** Shows what publishing would do, against the repository as it is now. Writes nothing. */
export const createPlanServiceAction = ({
  publishing,
}: Pick<StepServices, 'publishing'>) =>
  createTemplateAction({
    id: 'meshedService:service:plan',
    description:
      'Compares a request with the claim on its name and with the repository as it is now, and shows what a write would do. Writes nothing.',
    examples,
    supportsDryRun: true,
    schema: {
      input: {
        service: serviceInput,
        skeleton: skeletonInput,
      },
      output: {
        outcome: z =>
          z
            .enum(['create', 'unchanged', 'change', 'taken', 'notCompared'])
            .describe(
              'What publishing would find; notCompared in a dry run, which asks no forge',
            ),
        repository: z => z.string().describe('Name of the repository'),
        files: z =>
          z
            .array(
              z.object({
                path: z.string().describe('Path in the repository'),
                ownership: z
                  .enum(['managed', 'team'])
                  .describe('Whose the file is'),
                action: z
                  .enum([
                    'create',
                    'change',
                    'remove',
                    'unchanged',
                    'conflict',
                    'kept',
                  ])
                  .describe('What would happen to it'),
              }),
            )
            .describe('Every file, and what would happen to it'),
        violations: z =>
          z
            .array(z.string())
            .describe('Guardrails that would refuse the write, with the fix'),
        entityRef: z =>
          z.string().describe('Entity that stands for it in the catalog'),
      },
    },
    handler: ctx =>
      inPlainWords(async () => {
        const spec = readSpec(ctx.input.service);
        ctx.output('entityRef', names.entityRef(spec));
        ctx.output('repository', spec.delivery.repository);
        if (ctx.isDryRun) {
          ctx.logger.info('Dry run: the repository was not asked.');
          ctx.output('outcome', 'notCompared');
          ctx.output('files', []);
          ctx.output('violations', []);
          return;
        }
        const plan = await publishing.plan(readRequest(ctx.input, ctx), {
          signal: ctx.signal,
        });
        ctx.logger.info(
          `${plan.service}: ${plan.takenBecause ?? outcomes[plan.outcome]}`,
        );
        for (const { action, path } of plan.files)
          ctx.logger.info(`  ${action.padEnd(9)} ${path}`);
        const violations = plan.violations.map(describeViolation);
        violations.forEach(violation => ctx.logger.warn(violation));
        ctx.output('outcome', plan.outcome);
        ctx.output('files', plan.files);
        ctx.output('violations', violations);
      }),
  });
