import {
  meshedServiceCreatePermission,
  planRequestSchema,
  PlanResponse,
  readMeshedServiceSpec,
} from '@meshway/plugin-meshed-service-common';
import type { RequestHandler, Router } from 'express';
import {
  guardrailPackOf,
  guardrailsToWire,
  planToWire,
  provisioningPlanFor,
} from '../plans';
import { noTemplate } from '../provisioning';
import { parseRequest } from './requests';
import { untilClosed } from './respondWith';
import type { RouterServices } from './RouterServices';

/** More would help nobody, and a hostile request could have thousands. */
const MOST_PROBLEMS = 100;

/** What may be written, before anybody writes. */
export function addPlanRoutes(
  router: Router,
  limited: RequestHandler,
  services: RouterServices,
): void {
  const { httpAuth, access, auditor, publishing } = services;
  router.get('/v1/guardrails', async (request, response) => {
    await httpAuth.credentials(request);
    response.json(guardrailsToWire(await guardrailPackOf(publishing)));
  });

  router.post('/v1/plan', limited, async (request, response) => {
    const { spec, transferFrom } = parseRequest(
      planRequestSchema,
      request.body,
    );
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
      meta: {
        service: `${cluster}/${namespace}/${name}`,
        owner,
        ...(transferFrom ? { transferFrom } : {}),
      },
    });
    try {
      await access.require(meshedServiceCreatePermission, owner, credentials);
      await guardrailPackOf(publishing);
      const asked = { service: spec, template: noTemplate };
      const plan = await publishing.plan(asked);
      const maySee = await access.reads(credentials);
      const inCluster = await provisioningPlanFor(asked, plan.spec, services, {
        maySee,
        signal: untilClosed(response),
        transferFrom,
      });
      response.json({
        ...planToWire(plan, publishing.config, transferFrom),
        ...inCluster,
      });
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
