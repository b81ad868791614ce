import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import {
  bundleFiles,
  formatObjectRef,
  refOf,
  renderBundle,
  toYaml,
} from '@meshway/plugin-meshed-service-common';
import { inPlainWords, readSpec, StepServices } from '../step';
import { examples } from './renderBundle.examples';
import { serviceInput } from './schemas';

/** Shows the objects that a request becomes. Writes nothing. */
export const createRenderBundleAction = ({
  publishing,
}: Pick<StepServices, 'publishing'>) =>
  createTemplateAction({
    id: 'meshedService:bundle:render',
    description:
      'Renders everything that a service needs from its platform: namespace, identity, mesh policies, secrets, delivery. Writes nothing.',
    examples,
    supportsDryRun: true,
    schema: {
      input: {
        service: serviceInput,
      },
      output: {
        objects: z =>
          z.array(z.string()).describe('The objects, as `Server pay/pay.http`'),
        manifests: z =>
          z.string().describe('The objects as YAML documents, in order'),
        files: z =>
          z
            .array(z.string())
            .describe('Paths of the files that hold them in the repository'),
      },
    },
    handler: ctx =>
      inPlainWords(async () => {
        const spec = readSpec(ctx.input.service);
        const bundle = renderBundle(spec, publishing.config.platform);
        const objects = bundle.objects.map(refOf).map(formatObjectRef);
        objects.forEach(object => ctx.logger.info(object));
        ctx.output('objects', objects);
        ctx.output('manifests', toYaml(bundle.objects));
        ctx.output(
          'files',
          bundleFiles(spec, bundle).map(({ path }) => path),
        );
      }),
  });
