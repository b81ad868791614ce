import {
  meshedServiceCreatePermission,
  planRequestSchema,
  PlanResponse,
  readMeshedServiceSpec,
} from '@meshway/plugin-meshed-service-common';
import type { Router } from 'express';
import { guardrailPackOf, guardrailsToWire, planToWire } from '../plans';
import { parseRequest } from './requests';
import type { RouterServices } from './RouterServices';

/** More would help nobody, and a hostile request could have thousands. */
const MOST_PROBLEMS = 100;

/** Stands where the template stands when a plan is made without one; a plan writes no stamp. */
const noTemplate = { ref: 'template:default/none', version: '0.0.0' };

/** What may be written, before anybody writes. */
export function addPlanRoutes(
  router: Router,
  { httpAuth, access, auditor, publishing }: RouterServices,
): void {
  router.get('/v1/guardrails', async (request, response) => {
    await httpAuth.credentials(request);
    response.json(guardrailsToWire(await guardrailPackOf(publishing)));
  });

  router.post('/v1/plan', async (request, response) => {
    const { spec } = parseRequest(planRequestSchema, request.body);
    const credentials = await httpAuth.credentials(request, {
      allow: ['user'],
    });
    const read = readMeshedServiceSpec(spec);
    if ('problems' in read) {
      const refused: PlanResponse = {
        kind: 'refused',
        problems: read.problems.slice(0, MOST_PROBLEMS),
      };
      response.json(refused);
      return;
    }
    const { owner, cluster, namespace, name } = read.spec;
    const event = await auditor.createEvent({
      eventId: 'service-plan',
      request,
      meta: { service: `${cluster}/${namespace}/${name}`, owner },
    });
    try {
      await access.require(meshedServiceCreatePermission, owner, credentials);
      await guardrailPackOf(publishing);
      const plan = await publishing.plan({
        service: spec,
        template: noTemplate,
      });
      response.json(planToWire(plan, publishing.config));
      await event.success({
        meta: {
          outcome: plan.outcome,
          violations: plan.violations.map(({ code }) => code),
        },
      });
    } catch (error) {
      await event.fail({
        error: error instanceof Error ? error : new Error(String(error)),
      });
      throw error;
    }
  });
}
