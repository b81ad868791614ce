import type { JsonObject } from '@backstage/types';
import {
  formatServiceRef,
  meshedServiceCreatePermission,
  planRequestSchema,
  PlanResponse,
  readMeshedServiceSpec,
  serviceRefOf,
  SpecProblem,
} from '@meshway/plugin-meshed-service-common';
import type { RequestHandler, Router } from 'express';
import {
  guardrailPackOf,
  guardrailsToWire,
  planToWire,
  provisioningPlanFor,
} from '../plans';
import { noTemplate } from '../provisioning';
import { audited } from './audited';
import { callerOf } from './caller';
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
    const { credentials } = await callerOf(request, httpAuth);
    const signal = untilClosed(response);
    const attempt = { eventId: 'service-plan', request, meta: {} };
    const answer = await audited(auditor, attempt, async note => {
      const { spec, transferFrom } = parseRequest(
        planRequestSchema,
        request.body,
      );
      const read = readMeshedServiceSpec(spec);
      // Nothing but the caller's own words is behind the answer, so there is no right to ask for.
      if ('problems' in read) return refusedFor(read.problems, note);
      const { owner } = read.spec;
      const service = formatServiceRef(serviceRefOf(read.spec));
      note({ service, owner, ...(transferFrom ? { transferFrom } : {}) });
      await access.require(meshedServiceCreatePermission, owner, credentials);
      await guardrailPackOf(publishing);
      const asked = { service: spec, template: noTemplate };
      const plan = await publishing.plan(asked);
      const maySee = await access.reads(credentials);
      const inCluster = await provisioningPlanFor(asked, plan.spec, services, {
        maySee,
        signal,
        transferFrom,
      });
      note({
        outcome: plan.outcome,
        violations: plan.violations.map(({ code }) => code),
      });
      return {
        ...planToWire(plan, publishing.config, transferFrom),
        ...inCluster,
      };
    });
    response.json(answer);
  });
}

/** The trace says how many problems there are, not which: their words may be those of the body. */
function refusedFor(
  problems: readonly SpecProblem[],
  note: (facts: JsonObject) => void,
): PlanResponse {
  note({ outcome: 'refused', problems: problems.length });
  return { kind: 'refused', problems: problems.slice(0, MOST_PROBLEMS) };
}
