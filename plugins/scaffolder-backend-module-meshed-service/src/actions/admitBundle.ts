import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { admit, renderBundle } from '@meshway/plugin-meshed-service-common';
import { inPlainWords, readSpec, StepServices } from '../step';
import { GuardrailViolationError } from '@meshway/plugin-meshed-service-node';
import { examples } from './admitBundle.examples';
import { serviceInput } from './schemas';

/** Shows what the guardrails say. Every writing step asks them again, over the bytes that it writes. */
export const createAdmitBundleAction = ({
  publishing,
}: Pick<StepServices, 'publishing'>) =>
  createTemplateAction({
    id: 'meshedService:bundle:admit',
    description:
      "Judges what a request becomes by the platform's guardrails, and fails with every violation, its reason and its fix. Writes nothing.",
    examples,
    supportsDryRun: true,
    schema: {
      input: {
        service: serviceInput,
      },
      output: {
        pack: z => z.string().describe('Guardrail pack, as name@version'),
        digest: z => z.string().describe('Digest of the pack'),
        guardrails: z => z.number().describe('How many guardrails were asked'),
      },
    },
    handler: ctx =>
      inPlainWords(async () => {
        const spec = readSpec(ctx.input.service);
        const pack = await publishing.guardrails();
        const { objects } = renderBundle(spec, publishing.config.platform);
        const violations = admit(objects, pack);
        if (violations.length > 0)
          throw new GuardrailViolationError(violations);
        ctx.logger.info(
          `${objects.length} objects keep all ${pack.guardrails.length} guardrails of ${pack.name}@${pack.version}`,
        );
        ctx.output('pack', `${pack.name}@${pack.version}`);
        ctx.output('digest', pack.digest);
        ctx.output('guardrails', pack.guardrails.length);
      }),
  });
