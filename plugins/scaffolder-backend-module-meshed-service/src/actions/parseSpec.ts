import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import {
  formatServiceRef,
  names,
  serviceRefOf,
} from '@meshway/plugin-meshed-service-common';
import { inPlainWords, readSpec } from '../step';
import { examples } from './parseSpec.examples';
import { serviceInput } from './schemas';

/** Shows what a request means once every default is filled in. Writes nothing. */
export const createParseSpecAction = () =>
  createTemplateAction({
    id: 'meshedService:spec:parse',
    description:
      'Reads a request for a meshed service: fills in the defaults, or names every field that cannot work. Writes nothing.',
    examples,
    supportsDryRun: true,
    schema: {
      input: {
        service: serviceInput,
      },
      output: {
        service: z =>
          z
            .record(z.unknown())
            .describe('The request with every default in it'),
        serviceRef: z =>
          z.string().describe('<cluster>/<namespace>/<name> of the service'),
        entityRef: z =>
          z.string().describe('Entity that will stand for it in the catalog'),
        repository: z =>
          z.string().describe('Repository that will hold its files'),
      },
    },
    handler: ctx =>
      inPlainWords(async () => {
        const spec = readSpec(ctx.input.service);
        const service = formatServiceRef(serviceRefOf(spec));
        ctx.logger.info(
          `${service} of ${spec.owner}: ${spec.ports.length} ports, ${spec.clients.length} clients, ${spec.calls.length} calls, phase ${spec.phase}, delivery ${spec.delivery.mode}`,
        );
        ctx.output('service', spec);
        ctx.output('serviceRef', service);
        ctx.output('entityRef', names.entityRef(spec));
        ctx.output('repository', spec.delivery.repository);
      }),
  });
