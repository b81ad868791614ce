import express from 'express';
import Router from 'express-promise-router';
import { openApiDocument } from '../openapi';
import { addEnsureRoutes } from './ensureRoutes';
import { limitedPerUser } from './limitedPerUser';
import { addPhaseRoutes, addVerifyRoutes } from './phaseRoutes';
import { addPlanRoutes } from './planRoutes';
import { addRepositoryRoutes } from './repositoryRoutes';
import { requireJson } from './requests';
import { addRetirementRoutes } from './retirementRoutes';
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
  const { rateLimits } = services.publishing.config;
  const limit = (setting: keyof typeof rateLimits) =>
    limitedPerUser(rateLimits[setting], setting, services.httpAuth);
  const plans = limit('plansPerMinute');
  const writes = limit('writesPerMinute');
  addPlanRoutes(router, plans, services);
  addVerifyRoutes(router, writes, services);
  addPhaseRoutes(router, writes, services);
  addRetirementRoutes(router, { plans, writes }, services);
  // Takes every other word at the end of a path for a part.
  addEnsureRoutes(router, writes, services);
  addRepositoryRoutes(router, services);
  return router;
}
