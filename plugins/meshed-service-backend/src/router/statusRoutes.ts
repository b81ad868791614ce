import {
  ClustersResponse,
  meshedServiceReadPermission,
  MeshStatus,
  servicesQuerySchema,
  ServicesResponse,
  statusBatchRequestSchema,
  StatusBatchResponse,
} from '@meshway/plugin-meshed-service-common';
import type { Router } from 'express';
import { parseRequest, serviceRefFrom } from './requests';
import type { RouterServices } from './RouterServices';

/** Reading. Other backends may read, too: `httpAuth` lets users and services in, and the policy decides. */
export function addStatusRoutes(
  router: Router,
  { httpAuth, access, statuses, clusters }: RouterServices,
): void {
  router.get(
    '/v1/services/:cluster/:namespace/:name/status',
    async (request, response) => {
      const service = serviceRefFrom(request.params);
      const credentials = await httpAuth.credentials(request);
      const owner = await statuses.ownerOf(service);
      await access.require(meshedServiceReadPermission, owner, credentials);
      const status: MeshStatus = await statuses.read(service);
      response.json(status);
    },
  );

  router.post('/v1/services/status', async (request, response) => {
    const { services } = parseRequest(statusBatchRequestSchema, request.body);
    const maySee = await access.decide(
      meshedServiceReadPermission,
      await httpAuth.credentials(request),
    );
    const items = await statuses.readAll(services, maySee);
    response.json({ items } satisfies StatusBatchResponse);
  });

  router.get('/v1/services', async (request, response) => {
    const query = parseRequest(servicesQuerySchema, request.query);
    const maySee = await access.decide(
      meshedServiceReadPermission,
      await httpAuth.credentials(request),
    );
    const fleet: ServicesResponse = await statuses.fleet(query, maySee);
    response.json(fleet);
  });

  router.get('/v1/clusters', async (request, response) => {
    await httpAuth.credentials(request);
    const items = await clusters.list();
    response.json({ items } satisfies ClustersResponse);
  });
}
