import { apiRoutes } from '@meshway/plugin-meshed-service-common';
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
      apiRoutes.clusters(),
      apiRoutes.guardrails(),
      apiRoutes.plan(),
      apiRoutes.tree('{repository}', '{branch}'),
      apiRoutes.tree('{repository}', '{branch}', '{path}'),
    ].map(decodeURIComponent);
    expect(operations.map(({ path }) => path).sort()).toEqual(told.sort());
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
