import {
  createTemplateAction,
  TemplateExample,
} from '@backstage/plugin-scaffolder-node';
import {
  formatServiceRef,
  MeshedServiceSpec,
  names,
  serviceRefOf,
} from '@meshway/plugin-meshed-service-common';
import {
  Receipt,
  ServiceRequest,
  WriteOptions,
} from '@meshway/plugin-meshed-service-node';
import {
  creationFacts,
  Initiator,
  initiatorOf,
  inPlainWords,
  readRequest,
  readSpec,
  StepContext,
  StepServices,
} from '../step';
import { announce } from './announce';
import { checkWithoutWriting } from './dryRun';
import { asPlainLines, describeReceipt, StepReceipt } from './receipt';
import { serviceInput, skeletonInput, tokenInput } from './schemas';

/** In what two writing actions differ. */
type Writing = {
  id: string;
  description: string;
  examples: TemplateExample[];
  /** Names the checkpoint of the write. */
  verb: string;
  authorize(spec: MeshedServiceSpec, initiator: Initiator): Promise<void>;
  /** Idempotent: a checkpoint is stored only after it returned. */
  write(request: ServiceRequest, options: WriteOptions): Promise<Receipt>;
};

/** What a step that writes a repository takes. */
export type WritingInput = {
  service: unknown;
  skeleton?: string;
  token?: string;
};

/**
 * Writes the repository of a service, once per task, and tells the catalog. It reads the original request, asks who started
 * the task and whether they may, and leaves rendering, admission and the write of exactly those bytes to one call.
 */
export async function writeRepository(
  { verb, authorize, write }: Pick<Writing, 'verb' | 'authorize' | 'write'>,
  ctx: StepContext & { input: WritingInput },
  services: StepServices,
): Promise<StepReceipt> {
  const spec = readSpec(ctx.input.service);
  const request = readRequest(ctx.input, ctx);
  const service = formatServiceRef(serviceRefOf(spec));
  const initiator = await initiatorOf(ctx, services);
  await authorize(spec, initiator);
  const created = await creationFacts(service, initiator.ref, ctx);
  ctx.signal?.throwIfAborted();
  const receipt = await ctx.checkpoint({
    key: `${verb}:${service}`,
    fn: async () =>
      describeReceipt(
        await write(request, {
          author: initiator.author,
          created,
          token: ctx.input.token,
          signal: ctx.signal,
          onStep: step => ctx.logger.info(step),
        }),
        names.entityRef(spec),
      ),
  });
  await announce(receipt, services, ctx);
  return receipt;
}

/**
 * A step that writes a repository. Self-contained, because a policy can hide every other step, and because hidden and
 * undeclared parameters reach an action.
 */
export const createWritingAction = (
  { id, description, examples, verb, authorize, write }: Writing,
  services: StepServices,
) =>
  createTemplateAction({
    id,
    description,
    examples,
    supportsDryRun: true,
    schema: {
      input: {
        service: serviceInput,
        skeleton: skeletonInput,
        token: tokenInput,
      },
      output: {
        service: z =>
          z.string().describe('<cluster>/<namespace>/<name> of the service'),
        entityRef: z =>
          z
            .string()
            .describe('Entity that stands for the service in the catalog'),
        outcome: z =>
          z
            .enum(['created', 'unchanged', 'proposed', 'notWritten'])
            .describe('What was done; notWritten in a dry run'),
        repository: z => z.string().describe('Name of the repository'),
        repositoryUrl: z =>
          z.string().describe('Address of the repository for people'),
        cloneUrl: z =>
          z.string().describe('Address of the repository for `git clone`'),
        branch: z => z.string().describe('Branch that was written'),
        commit: z =>
          z
            .string()
            .describe('Newest commit of the branch; empty in a dry run'),
        changeId: z =>
          z
            .string()
            .describe('Id of the change that was proposed; empty otherwise'),
        changeUrl: z =>
          z.string().describe('Where the change is reviewed; empty otherwise'),
        receipt: z =>
          z.string().describe('What was done, as Markdown for people'),
      },
    },
    handler: ctx =>
      inPlainWords(async () => {
        const spec = readSpec(ctx.input.service);
        const receipt = ctx.isDryRun
          ? await checkWithoutWriting(spec, services.publishing)
          : await writeRepository({ verb, authorize, write }, ctx, services);
        for (const line of asPlainLines(receipt)) ctx.logger.info(line);
        ctx.output('service', receipt.service);
        ctx.output('entityRef', receipt.entityRef);
        ctx.output('outcome', receipt.outcome);
        ctx.output('repository', receipt.repository);
        ctx.output('repositoryUrl', receipt.repositoryUrl);
        ctx.output('cloneUrl', receipt.cloneUrl);
        ctx.output('branch', receipt.branch);
        ctx.output('commit', receipt.commit);
        ctx.output('changeId', receipt.changeId);
        ctx.output('changeUrl', receipt.changeUrl);
        ctx.output('receipt', receipt.receipt);
      }),
  });
