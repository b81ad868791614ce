import type { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { inputDescriptions, longestWait } from '../step';
import type { Provisioned } from './provisioned';

/** The zod that the scaffolder hands to schemas: its own, which need not be ours. */
type Z = Parameters<
  Extract<
    NonNullable<Parameters<typeof createTemplateAction>[0]['schema']>['output'],
    (...z: never[]) => unknown
  >
>[0];
declare const zod: Z;
type SchemaOf<Value> = (z: Z) => InstanceType<typeof zod.ZodType<Value>>;

/** The service that is asked for, as an input. */
export const serviceInput: SchemaOf<Record<string, unknown>> = z =>
  z.record(z.unknown()).describe(inputDescriptions.service);

/** The skeleton of its repository, as an input. */
export const skeletonInput: SchemaOf<string | undefined> = z =>
  z.string().max(63).optional().describe(inputDescriptions.skeleton);

/** The user's own token for the forge, as an input. */
export const tokenInput: SchemaOf<string | undefined> = z =>
  z.string().max(4000).optional().describe(inputDescriptions.token);

/** Who hands a service over, as an input. */
export const transferInput: SchemaOf<string | undefined> = z =>
  z.string().max(253).optional().describe(inputDescriptions.transferFrom);

/** How long a step waits, as an input. */
export const waitInput: SchemaOf<number | undefined> = z =>
  z
    .number()
    .int()
    .min(0)
    .max(longestWait)
    .optional()
    .describe(inputDescriptions.waitSeconds);

/** A service that exists, as an input. */
export const targetInput: SchemaOf<string | Record<string, unknown>> = z =>
  z
    .union([z.string().max(400), z.record(z.unknown())])
    .describe(inputDescriptions.target);

/** What each step that writes through the backend gives. */
export const provisionedOutputs: {
  [Name in keyof Provisioned]: SchemaOf<Provisioned[Name]>;
} = {
  service: z =>
    z.string().describe('<cluster>/<namespace>/<name> of the service'),
  entityRef: z =>
    z.string().describe('Entity that stands for the service in the catalog'),
  outcome: z =>
    z
      .enum(['written', 'unchanged', 'partial', 'proposed', 'notWritten'])
      .describe(
        'What was done; partial when something waits or was left; notWritten in a dry run',
      ),
  changes: z => z.array(z.string()).describe('What was done to each object'),
  waits: z =>
    z.array(z.string()).describe('What waits for others or was left, and why'),
  repository: z =>
    z.string().describe('Repository that was written; empty when none was'),
  repositoryUrl: z =>
    z.string().describe('Its address for people; empty when none was written'),
  changeUrl: z =>
    z
      .string()
      .describe('Where a change is reviewed; empty when none was proposed'),
  receipt: z => z.string().describe('What was done, as Markdown'),
};
