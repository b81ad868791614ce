import {
  apiRoutes,
  provisioningParts,
} from '@meshway/plugin-meshed-service-common';
import { operations } from './operations';
import { openApiDocument } from './openApiDocument';

describe('the OpenAPI document', () => {
  it('describes every path that clients are told of', () => {
    const service = {
      cluster: '{cluster}',
      namespace: '{namespace}',
      name: '{name}',
    };
    const told = [
      apiRoutes.status(service),
      apiRoutes.statuses(),
      apiRoutes.services(),
      apiRoutes.servicesExport(),
      apiRoutes.clusters(),
      apiRoutes.guardrails(),
      apiRoutes.plan(),
      // PUT and DELETE
      apiRoutes.service(service),
      apiRoutes.service(service),
      ...provisioningParts.map(part => apiRoutes.part(service, part)),
      apiRoutes.phase(service),
      apiRoutes.verify(service),
      apiRoutes.retirement(service),
      apiRoutes.tree('{repository}', '{branch}'),
      apiRoutes.tree('{repository}', '{branch}', '{path}'),
    ].map(decodeURIComponent);
    expect(operations.map(({ path }) => path).sort()).toEqual(told.sort());
  });

  it('says what is limited, and what is answered in lines', () => {
    const { paths } = openApiDocument() as {
      paths: Record<string, Record<string, { responses: object }>>;
    };
    const { put } = paths['/v1/services/{cluster}/{namespace}/{name}'];
    expect(put.responses).toMatchObject({
      '200': {
        content: {
          'application/x-ndjson': {
            schema: { $ref: '#/components/schemas/Progress' },
          },
        },
      },
      '429': { headers: { 'Retry-After': expect.anything() } },
    });
  });

  it('says what stands in the way as clients read it, and that a body may be too large', () => {
    const { paths, components } = openApiDocument() as {
      paths: Record<string, Record<string, { responses: object }>>;
      components: { schemas: { Error: object } };
    };
    expect(components.schemas.Error).toMatchObject({
      properties: {
        error: {
          required: ['name', 'message'],
          properties: {
            problems: { type: 'array' },
            violations: { type: 'array' },
          },
        },
      },
    });
    expect(paths['/v1/plan'].post.responses).toHaveProperty('413');
  });

  it('gives every operation its own id, its parameters and a schema', () => {
    const { paths } = openApiDocument() as {
      paths: Record<string, Record<string, { operationId: string }>>;
    };
    const ids = Object.values(paths).flatMap(methods =>
      Object.values(methods).map(({ operationId }) => operationId),
    );
    expect(new Set(ids).size).toBe(operations.length);
    expect(
      paths['/v1/services/{cluster}/{namespace}/{name}/status'].get,
    ).toMatchObject({
      parameters: ['cluster', 'namespace', 'name'].map(name => ({
        name,
        in: 'path',
        required: true,
      })),
      responses: {
        '200': {
          content: {
            'application/json': {
              schema: {
                type: 'object',
                required: expect.arrayContaining(['verdict', 'state']),
              },
            },
          },
        },
      },
    });
  });
});
