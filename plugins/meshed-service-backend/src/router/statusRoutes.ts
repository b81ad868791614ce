import {
  exportQuerySchema,
  servicesQuerySchema,
  ServicesResponse,
  statusBatchRequestSchema,
} from '@meshway/plugin-meshed-service-common';
import type { Router } from 'express';
import type { ReadAnswer } from '../metrics';
import { csv, json } from '../statuses';
import { parseRequest, serviceRefFrom } from './requests';
import { respondWithBatch, respondWithEdition } from './respondWithEdition';
import { respondWithExport } from './respondWithExport';
import type { RouterServices } from './RouterServices';

function answerOf(known: unknown, sent: 'sent' | 'unchanged'): ReadAnswer {
  if (sent === 'unchanged') return 'unchanged';
  return known ? 'memory' : 'computed';
}

/** Reading. Other backends may read, too: `httpAuth` lets users and services in, and the policy decides. */
export function addStatusRoutes(
  router: Router,
  { httpAuth, access, statuses, sources, metrics }: RouterServices,
): void {
  router.get(
    '/v1/services/:cluster/:namespace/:name/status',
    async (request, response) => {
      const service = serviceRefFrom(request.params);
      const credentials = await httpAuth.credentials(request);
      const owner = await statuses.ownerOf(service);
      await access.requireRead(owner, credentials);
      const known = statuses.current(service);
      const edition = known ?? (await statuses.read(service));
      const sent = respondWithEdition(request, response, edition);
      metrics.countRead(answerOf(known, sent));
    },
  );

  router.post('/v1/services/status', async (request, response) => {
    const { services } = parseRequest(statusBatchRequestSchema, request.body);
    const maySee = await access.reads(await httpAuth.credentials(request));
    respondWithBatch(response, await statuses.readAll(services, maySee));
  });

  router.get('/v1/services', async (request, response) => {
    const query = parseRequest(servicesQuerySchema, request.query);
    const maySee = await access.reads(await httpAuth.credentials(request));
    const fleet: ServicesResponse = await statuses.fleet(query, maySee);
    response.json(fleet);
  });

  router.get('/v1/services/export', async (request, response) => {
    const query = parseRequest(exportQuerySchema, request.query);
    const maySee = await access.reads(await httpAuth.credentials(request));
    const found = await statuses.all(query, maySee);
    await respondWithExport(response, found, {
      format: query.format === 'csv' ? csv : json,
      fileName: `services.${query.format}`,
    });
  });

  router.get('/v1/clusters', async (request, response) => {
    const maySee = await access.reads(await httpAuth.credentials(request));
    response.json(await sources.read({ all: maySee(undefined) }));
  });
}
