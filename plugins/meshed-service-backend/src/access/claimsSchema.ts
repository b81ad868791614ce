import type {
  StandardJSONSchemaV1,
  StandardSchemaV1,
} from '@standard-schema/spec';
import { z } from 'zod';
import { zodToJsonSchema } from 'zod-to-json-schema';

/** Parameters of `isServiceOwner`: entity references in full, one of which must be the owner. @public */
export type OwnerClaims = { claims: string[] };

const schema = z.object({
  claims: z
    .array(z.string())
    .describe('Full entity references, one of which must be the owner'),
});

const toJsonSchema = (): Record<string, unknown> => ({
  ...zodToJsonSchema(schema, { $refStrategy: 'none' }),
});

/** The same in the form that Backstage asks of the parameters of a rule; Zod 3 validates, but describes itself otherwise. */
export const claimsSchema: StandardSchemaV1<OwnerClaims> &
  StandardJSONSchemaV1<OwnerClaims> = {
  '~standard': {
    version: 1,
    vendor: 'meshway',
    validate: value => {
      const result = schema.safeParse(value);
      return result.success
        ? { value: result.data }
        : { issues: result.error.issues };
    },
    jsonSchema: { input: toJsonSchema, output: toJsonSchema },
  },
};
