import { mockCredentials } from '@backstage/backend-test-utils';
import {
  createResourceRef,
  IS_SERVICE_OWNER_RULE,
  MESHED_SERVICE_RESOURCE_TYPE,
  serviceResourceRef,
} from '@meshway/plugin-meshed-service-common';
import { aMeshedServiceSpec } from '@meshway/plugin-meshed-service-common/testUtils';
import request from 'supertest';
import { aPortal } from './__testUtils__/aPortal';
import { isDocumented } from './__testUtils__/isDocumented';
import { operations } from './openapi';

describe('the meshed-service plugin', () => {
  const portal = aPortal();
  let server: Parameters<typeof request>[0];

  beforeAll(async () => {
    await portal.publish(aMeshedServiceSpec({ name: 'cart', owner: 'shop' }));
    server = await portal.start();
  });

  it('tells the permission system its permissions and its rule', async () => {
    const { body } = await request(server).get(
      '/api/meshed-service/.well-known/backstage/permissions/metadata',
    );
    expect({
      permissions: body.permissions.map(({ name }: { name: string }) => name),
      rules: body.rules,
    }).toEqual({
      permissions: [
        'meshed-service.create',
        'meshed-service.change',
        'meshed-service.retire',
        'meshed-service.read',
      ],
      rules: [
        {
          name: IS_SERVICE_OWNER_RULE,
          description: 'Allows services of certain owners',
          resourceType: MESHED_SERVICE_RESOURCE_TYPE,
          paramsSchema: expect.objectContaining({
            type: 'object',
            required: ['claims'],
          }),
        },
      ],
    });
  });

  it('finds the owner of a service in its claim, and of a request in the request', async () => {
    const decide = async (resourceRef: string) => {
      const { body } = await request(server)
        .post(
          '/api/meshed-service/.well-known/backstage/permissions/apply-conditions',
        )
        .set('Authorization', mockCredentials.service.header())
        .send({
          items: [
            {
              id: '1',
              resourceRef,
              resourceType: MESHED_SERVICE_RESOURCE_TYPE,
              conditions: {
                rule: IS_SERVICE_OWNER_RULE,
                resourceType: MESHED_SERVICE_RESOURCE_TYPE,
                params: { claims: ['group:default/shop'] },
              },
            },
          ],
        });
      return body.items[0].result;
    };
    await expect(
      Promise.all([
        decide(createResourceRef('group:default/shop')),
        decide(createResourceRef('group:default/payments')),
        decide(serviceResourceRef('local/cart/cart')),
        decide(serviceResourceRef('local/nobody/nobody')),
        decide('nonsense'),
      ]),
    ).resolves.toEqual(['ALLOW', 'DENY', 'ALLOW', 'DENY', 'DENY']);
  });

  it('serves its document to everybody', async () => {
    const { status, body } = await request(server)
      .get('/api/meshed-service/v1/openapi.json')
      .set('Authorization', '');
    expect([status, body.openapi]).toEqual([200, '3.1.0']);
  });

  it.each(operations.map(({ method, path }) => [method, path] as const))(
    'has the route %s %s of its document',
    async (method, path) => {
      const concrete = path
        .replace('{repository}', 'cart')
        .replace('{branch}', 'main')
        .replace('{path}', 'meshed.service.yaml')
        .replace(/\{\w+\}/g, 'cart')
        .replace('/services/cart/', '/services/local/')
        .replace('/export', '/export?format=csv');
      const { status } = await request(server)
        [method](`/api/meshed-service${concrete}`)
        .send(method === 'get' ? undefined : [])
        .expect(isDocumented);
      // A list is no request: whatever takes a body and is there refuses it. Nothing is provisioned in a snapshot.
      const isRead = method === 'get' && !path.endsWith('/retirement');
      expect(status).toBe(isRead ? 200 : 400);
    },
  );
});
