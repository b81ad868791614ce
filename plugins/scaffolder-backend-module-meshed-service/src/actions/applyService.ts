import { ConflictError, ServiceUnavailableError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import {
  formatServiceRef,
  fromForm,
  InvalidSpecError,
  MeshedServiceSpec,
  names,
  serviceRefOf,
} from '@meshway/plugin-meshed-service-common';
import {
  GuardrailViolationError,
  PreflightError,
} from '@meshway/plugin-meshed-service-node';
import {
  authorizeCreate,
  inPlainWords,
  readRequest,
  readSpec,
  StepContext,
  StepServices,
  userOf,
} from '../step';
import { examples } from './applyService.examples';
import { checkWithoutWriting } from './dryRun';
import { notWritten, Provisioned } from './provisioned';
import { asPlainLines, StepReceipt } from './receipt';
import {
  provisionedOutputs,
  serviceInput,
  skeletonInput,
  tokenInput,
  transferInput,
  waitInput,
} from './schemas';
import { showProvisioned, writeThrough } from './writeThrough';
import { WritingInput, writeRepository } from './writingAction';

/** Makes a service on everything that the portal writes to. */
export const createApplyServiceAction = (services: StepServices) =>
  createTemplateAction({
    id: 'meshedService:service:apply',
    description:
      'Makes a service: asks all systems first, and writes nothing while one of them objects; then claims the name, publishes the repository, and makes namespace, identity, mesh policies, Vault role and Argo CD application. In gitops Argo CD writes the cluster. Where the portal only looks at the cluster, the repository is all. A repeat of the same request changes nothing.',
    examples,
    supportsDryRun: true,
    schema: {
      input: {
        service: serviceInput,
        skeleton: skeletonInput,
        token: tokenInput,
        transferFrom: transferInput,
        waitSeconds: waitInput,
      },
      output: {
        ...provisionedOutputs,
        isWritten: z =>
          z
            .boolean()
            .describe(
              'Whether the portal writes to the cluster of the service; where it does not, there is nothing to verify',
            ),
        cloneUrl: z =>
          z.string().describe('Address of the repository for `git clone`'),
      },
    },
    handler: ctx =>
      inPlainWords(async () => {
        const spec = readSpec(ctx.input.service);
        const isWritten = writesTo(spec.cluster, services);
        ctx.output('isWritten', isWritten);
        if (ctx.isDryRun) {
          const published = await checkWithoutWriting(
            spec,
            services.publishing,
          );
          ctx.output('cloneUrl', published.cloneUrl);
          const { service, entityRef } = published;
          const would = `**${service}** would be made.`;
          showProvisioned(notWritten(service, entityRef, would), ctx);
          return;
        }
        const { repository } = spec.delivery;
        ctx.output(
          'cloneUrl',
          services.publishing.forge.addressOf(repository).clone,
        );
        showProvisioned(
          isWritten
            ? await makeService(spec, ctx, services)
            : onlyPublished(spec, await publish(spec, ctx, services)),
          ctx,
        );
      }),
  });

type ApplyContext = StepContext & {
  input: WritingInput & { waitSeconds?: number; transferFrom?: string };
};

/** A cluster that is only looked at has no address or kubeconfig in the configuration. */
function writesTo(
  cluster: string,
  { publishing }: Pick<StepServices, 'publishing'>,
): boolean {
  return publishing.config.clusters.some(
    ({ name, access }) => name === cluster && access !== undefined,
  );
}

/**
 * @returns whether there is nothing of it yet.
 * @throws with everything at once that stands against it, before the first write.
 */
async function askBefore(
  spec: MeshedServiceSpec,
  ctx: ApplyContext,
  { auth, backend }: Pick<StepServices, 'auth' | 'backend'>,
): Promise<boolean> {
  const service = formatServiceRef(serviceRefOf(spec));
  ctx.logger.info(`Asking all systems about ${service}`);
  const { transferFrom } = ctx.input;
  const plan = await backend.plan(
    { spec: fromForm(ctx.input.service), transferFrom },
    { credentials: await userOf(ctx, { auth }), signal: ctx.signal },
  );
  if (plan.kind === 'refused') throw new InvalidSpecError(plan.problems);
  if (plan.violations.length > 0)
    throw new GuardrailViolationError(plan.violations);
  if (plan.taken) throw new ConflictError(plan.taken.message);
  if (plan.provisioningUnknown)
    throw new ServiceUnavailableError(
      `Nobody can say what would happen to ${service}, so nothing was written: ${plan.provisioningUnknown}`,
    );
  if (!plan.provisioning)
    throw new ConflictError(
      `name: ${service} is held by somebody whose services you may not see. Choose another name, or ask the platform team.`,
    );
  const { problems } = plan.provisioning;
  if (problems.length > 0) throw new PreflightError(service, problems);
  // The repository of a service that is handed over is changed last, by the backend.
  return (
    transferFrom === undefined &&
    plan.files.every(({ change }) => change === 'create')
  );
}

async function publish(
  spec: MeshedServiceSpec,
  ctx: StepContext & { input: WritingInput },
  services: StepServices,
): Promise<StepReceipt> {
  const published = await writeRepository(
    {
      verb: 'publish',
      authorize: (_, initiator) => authorizeCreate(spec, initiator, services),
      write: (request, options) =>
        services.publishing.publish(request, options),
    },
    ctx,
    services,
  );
  asPlainLines(published).forEach(line => ctx.logger.info(line));
  return published;
}

async function makeService(
  spec: MeshedServiceSpec,
  ctx: ApplyContext,
  services: StepServices,
): Promise<Provisioned> {
  const isNew = await askBefore(spec, ctx, services);
  // In the user's own name, and with their token for the forge, which the backend never has.
  const published = isNew ? await publish(spec, ctx, services) : undefined;
  const done = await provision(spec, ctx, services);
  return published ? together(published, done) : done;
}

/** Both were written for one request, and people read one receipt: it says nothing twice. */
function together(published: StepReceipt, done: Provisioned): Provisioned {
  const { repository, repositoryUrl, receipt } = published;
  const isAll = done.changes.length + done.waits.length === 0;
  return {
    ...done,
    outcome: done.outcome === 'unchanged' ? 'written' : done.outcome,
    repository,
    repositoryUrl,
    receipt: isAll ? receipt : `${receipt}\n\n${done.receipt}`,
  };
}

async function provision(
  spec: MeshedServiceSpec,
  ctx: ApplyContext,
  services: StepServices,
): Promise<Provisioned> {
  const service = serviceRefOf(spec);
  const { template } = readRequest(ctx.input, ctx);
  const { skeleton, transferFrom, waitSeconds = 0 } = ctx.input;
  return writeThrough(ctx, services, {
    target: { service, entityRef: names.entityRef(spec) },
    verb: 'apply',
    waitSeconds,
    ask: (options, seconds) =>
      services.backend.ensure(
        service,
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
}

/** What is done where the portal only looks at the cluster: the repository, which whoever delivers it takes from there. */
function onlyPublished(
  spec: MeshedServiceSpec,
  {
    service,
    entityRef,
    outcome,
    repository,
    repositoryUrl,
    receipt,
  }: StepReceipt,
): Provisioned {
  return {
    service,
    entityRef,
    outcome: outcome === 'unchanged' ? 'unchanged' : 'written',
    changes: [],
    waits: [],
    repository,
    repositoryUrl,
    changeUrl: '',
    receipt: `${receipt}\n\nThis portal only looks at cluster \`${
      spec.cluster
    }\`, so nothing but the repository was written. ${
      spec.delivery.mode === 'gitops'
        ? 'Argo CD takes it from there, and the platform team writes the Vault role.'
        : 'Namespace and policies are written by a portal or a command line that may: `meshway apply`.'
    }`,
  };
}
