import type { JsonObject, JsonValue } from '@backstage/types';
import {
  NDJSON,
  problemSchema,
  progressSchema,
  violationSchema,
} from '@meshway/plugin-meshed-service-common';
import { z } from 'zod';
import { zodToJsonSchema } from 'zod-to-json-schema';
import { Operation, operations } from './operations';

/** What is wrong with one field of the values. */
const specProblemSchema = z.object({ path: z.string(), message: z.string() });

/** Backstage's own shape of an error; what a pre-flight or the guardrails found stands beside name and message, all of it. */
const errorSchema = z
  .object({
    error: z
      .object({
        name: z.string(),
        message: z.string(),
        // Of a pre-flight, or of the values.
        problems: z.array(problemSchema.or(specProblemSchema)).optional(),
        violations: z.array(violationSchema).optional(),
      })
      .passthrough(),
  })
  .passthrough();

/** What every route may answer instead. */
const failures: Record<string, string> = {
  '400': 'The request is not understood; the message names the field',
  '401': 'Nobody is signed in',
  '403': 'The caller may not; the message names whom to ask',
  '404': 'There is no such thing',
  '409':
    'It is held or was touched by somebody else; the message names whom, and nothing of theirs was written',
  '413': 'The body is larger than any service',
  '503': 'Something that is needed is away or broken; the message names it',
};

/** @returns the HTTP API in OpenAPI 3.1. */
export function openApiDocument(): JsonObject {
  const paths: Record<string, JsonObject> = {};
  for (const operation of operations) {
    paths[operation.path] = {
      ...paths[operation.path],
      [operation.method]: describe(operation),
    };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Meshway',
      version: '1',
      description:
        'Services of a mesh: what is, what a change would do, and the change itself.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/api/meshed-service' }],
    security: [{ token: [] }],
    paths,
    components: {
      securitySchemes: { token: { type: 'http', scheme: 'bearer' } },
      schemas: {
        // One line of an answer in lines.
        Progress: schemaOf(progressSchema),
        Error: schemaOf(errorSchema),
      },
    },
  };
}

function describe(operation: Operation): JsonObject {
  const { id, summary, path, query, body, response, inLines, alsoAs } =
    operation;
  return {
    operationId: id,
    summary,
    parameters: [...pathParameters(path), ...(query ? queryOf(query) : [])],
    ...(body ? { requestBody: { required: true, ...json(body) } } : {}),
    responses: {
      '200': {
        description: 'The answer',
        ...(operation.revalidated ? { headers: etag } : {}),
        content: {
          'application/json': { schema: schemaOf(response) },
          ...(inLines ? { [NDJSON]: { schema: progressRef } } : {}),
          ...(alsoAs ? { [alsoAs]: { schema: { type: 'string' } } } : {}),
        },
      },
      ...(operation.revalidated
        ? { '304': { description: 'The caller has this edition already' } }
        : {}),
      ...(operation.limited ? { '429': tooMany } : {}),
      ...Object.fromEntries(
        Object.entries(failures).map(([status, description]) => [
          status,
          failure(description),
        ]),
      ),
    },
  };
}

const etag: JsonObject = {
  ETag: {
    description: 'The edition; instants apart, equal ones say the same',
    schema: { type: 'string' },
  },
};

const progressRef = { $ref: '#/components/schemas/Progress' };

const failure = (description: string): JsonObject => ({
  description,
  content: {
    'application/json': { schema: { $ref: '#/components/schemas/Error' } },
  },
});

const tooMany: JsonObject = {
  ...failure('Too many requests of one user'),
  headers: {
    'Retry-After': {
      description: 'Seconds after which to go on',
      schema: { type: 'integer' },
    },
  },
};

function pathParameters(path: string): JsonValue[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
}

function queryOf(schema: z.AnyZodObject): JsonValue[] {
  return Object.entries(schema.shape).map(([name, field]) => ({
    name,
    in: 'query',
    required: !(field as z.ZodTypeAny).isOptional(),
    schema: schemaOf(field as z.ZodTypeAny),
  }));
}

function json(schema: z.ZodTypeAny): JsonObject {
  return { content: { 'application/json': { schema: schemaOf(schema) } } };
}

function schemaOf(schema: z.ZodTypeAny): JsonValue {
  const { $schema, ...rest } = zodToJsonSchema(schema, {
    $refStrategy: 'none',
    target: 'jsonSchema2019-09',
  }) as { $schema?: string } & JsonObject;
  return rest;
}
