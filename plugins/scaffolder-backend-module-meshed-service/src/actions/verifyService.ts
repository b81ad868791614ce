import { ServiceUnavailableError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import {
  formatObjectRef,
  formatServiceRef,
  Verification,
} from '@meshway/plugin-meshed-service-common';
import { inPlainWords, inSlices, readTarget, StepServices } from '../step';
import { examples } from './verifyService.examples';
import { targetInput, waitInput } from './schemas';

/** Argo CD looks at its repositories every three minutes by default. */
const WAIT_SECONDS = 300;

/** Waits until a service is what was asked for. */
export const createVerifyServiceAction = (services: StepServices) =>
  createTemplateAction({
    id: 'meshedService:service:verify',
    description:
      'Waits until namespace, identity, mesh policies, Vault role and Argo CD application are as asked for, and the mesh does what the phase promises, and fails with what is not and the way out. A retry waits again.',
    examples,
    supportsDryRun: true,
    schema: {
      input: {
        service: targetInput,
        waitSeconds: waitInput,
        completeRole: z =>
          z
            .boolean()
            .optional()
            .describe(
              'In gitops: writes the Vault role once Argo CD has made the namespace. Needs the right to change the service',
            ),
        tolerate: z =>
          z
            .array(z.enum(['progressing', 'unknown', 'missing', 'degraded']))
            .max(4)
            .optional()
            .describe('States besides ok with which the step does not fail'),
      },
      output: {
        service: z =>
          z.string().describe('<cluster>/<namespace>/<name> of the service'),
        state: z =>
          z
            .enum([
              'ok',
              'progressing',
              'unknown',
              'missing',
              'degraded',
              'notVerified',
            ])
            .describe('The worst of the findings; notVerified in a dry run'),
        findings: z =>
          z
            .array(z.string())
            .describe('What is not as it should be, with the way out'),
        timedOut: z =>
          z
            .boolean()
            .describe('The time was up before everything was as it should be'),
        report: z => z.string().describe('The findings, as Markdown'),
      },
    },
    handler: ctx =>
      inPlainWords(async () => {
        const {
          service: given,
          waitSeconds = WAIT_SECONDS,
          completeRole,
          tolerate = [],
        } = ctx.input;
        if (ctx.isDryRun) {
          ctx.logger.info('Dry run: nobody was asked.');
          ctx.output('service', typeof given === 'string' ? given : '');
          ctx.output('state', 'notVerified');
          ctx.output('findings', []);
          ctx.output('timedOut', false);
          ctx.output('report', 'Dry run: nothing was verified.');
          return;
        }
        const { service, spec } = await readTarget(given, ctx, services);
        ctx.logger.info(`Verifying ${formatServiceRef(service)}`);
        const verification = await inSlices(ctx, services, {
          waitSeconds,
          ask: (options, seconds) =>
            services.backend.verify(
              service,
              { spec, completeRole, waitSeconds: seconds },
              options,
            ),
          // What others hold stays so, however long one waits: the backend knows, and answers early.
          isDone: answer => !answer.timedOut,
        });
        const { state, timedOut } = verification;
        const findings = describeFindings(verification);
        ctx.logger.info(`${verification.service}: ${state}`);
        if (verification.mesh?.state === 'ok')
          ctx.logger.info(`  mesh: ${verification.mesh.message}`);
        findings.forEach(finding => ctx.logger.warn(`  ${finding}`));
        if (state !== 'ok' && !tolerate.includes(state))
          throw new ServiceUnavailableError(
            `${verification.service} is ${state}${
              timedOut ? ` after ${waitSeconds} seconds` : ''
            }. Press Retry to look again.\n${findings.join('\n')}`,
          );
        ctx.output('service', verification.service);
        ctx.output('state', state);
        ctx.output('findings', findings);
        ctx.output('timedOut', timedOut);
        ctx.output('report', reportOf(verification, findings));
      }),
  });

function describeFindings({ findings, mesh }: Verification): string[] {
  return [
    ...findings,
    ...(mesh ? [{ part: 'mesh', ref: undefined, ...mesh }] : []),
  ]
    .filter(({ state }) => state !== 'ok')
    .map(({ part, state, message, fix, ref }) =>
      [
        `${part} is ${state}`,
        ...(ref ? [` (${formatObjectRef(ref)})`] : []),
        `: ${message}`,
        ...(fix ? [` ${fix}`] : []),
      ].join(''),
    );
}

function reportOf(
  { service, state, mesh, at }: Verification,
  findings: string[],
): string {
  return [
    `**${service}** is \`${state}\`, ${at}.`,
    ...(mesh ? [mesh.status.summary] : []),
    ...findings.map(finding => `- ${finding}`),
  ].join('\n');
}
