import express from 'express';
import Router from 'express-promise-router';
import { openApiDocument } from '../openapi';
import { addPlanRoutes } from './planRoutes';
import { addRepositoryRoutes } from './repositoryRoutes';
import { requireJson } from './requests';
import { addStatusRoutes } from './statusRoutes';
import type { RouterServices } from './RouterServices';

/** A spec with every list full has less than half of this. */
const LARGEST_BODY = '256kb';

/** @returns every route below `/api/meshed-service`. */
export function createRouter(services: RouterServices): express.Router {
  const router = Router();
  router.use(requireJson, express.json({ limit: LARGEST_BODY }));
  router.get('/v1/openapi.json', async (_, response) => {
    response.json(openApiDocument());
  });
  addStatusRoutes(router, services);
  addPlanRoutes(router, services);
  addRepositoryRoutes(router, services);
  return router;
}
