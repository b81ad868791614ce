import { ConflictError, NotFoundError } from '@backstage/errors';
import {
  formatServiceRef,
  meshedServiceRetirePermission,
  retireRequestSchema,
  retirementQuerySchema,
  RetirementQuery,
  ServiceRef,
} from '@meshway/plugin-meshed-service-common';
import type { RetirementRequest } from '@meshway/plugin-meshed-service-node';
import type { RequestHandler, Router } from 'express';
import { audited } from './audited';
import { Caller, callerOf, writtenBy } from './caller';
import { receiptFacts } from './receiptFacts';
import { parseRequest, serviceRefFrom } from './requests';
import { respondWith, untilClosed } from './respondWith';
import type { RouterServices } from './RouterServices';

/** Takes services away, and says before what would go. */
export function addRetirementRoutes(
  router: Router,
  limits: { writes: RequestHandler; plans: RequestHandler },
  services: RouterServices,
): void {
  const { httpAuth, auditor, catalog, logger, provisioning } = services;
  const path = '/v1/services/:cluster/:namespace/:name';

  router.get(`${path}/retirement`, limits.plans, async (request, response) => {
    const service = serviceRefFrom(request.params);
    const caller = await callerOf(request, httpAuth);
    const signal = untilClosed(response);
    const attempt = {
      eventId: 'service-retirement',
      request,
      meta: { service: formatServiceRef(service) },
    };
    const plan = await audited(auditor, attempt, async note => {
      const query = parseRequest(retirementQuerySchema, request.query);
      const asked = await permitted(service, query, caller, services, signal);
      note({ owner: asked.owner, delivery: asked.delivery });
      return provisioning.planRetirement(asked, { signal });
    });
    response.json(plan);
  });

  router.delete(path, limits.writes, async (request, response) => {
    const service = serviceRefFrom(request.params);
    const caller = await callerOf(request, httpAuth);
    const attempt = {
      eventId: 'service-retire',
      severityLevel: 'high' as const,
      request,
      meta: { service: formatServiceRef(service) },
    };
    await respondWith(request, response, logger, ({ signal, onStep }) =>
      audited(auditor, attempt, async note => {
        const body = parseRequest(retireRequestSchema, request.body ?? {});
        const { confirmNamespace, task, waitSeconds } = body;
        if (confirmNamespace) note({ confirmNamespace });
        const asked = await permitted(service, body, caller, services, signal);
        const receipt = await provisioning.retire(asked, {
          ...(await writtenBy(caller, task, { catalog, logger })),
          waitSeconds,
          signal,
          onStep,
        });
        note(receiptFacts(receipt));
        return { receipt };
      }),
    );
  });
}

/**
 * @returns what may be retired: of the recorded owner, or, where the last of it is gone already, of whom the caller names.
 * @throws NotAllowedError naming whom to ask; ConflictError when the caller means another owner or delivery; NotFoundError
 *   for those who may see all.
 */
async function permitted(
  service: ServiceRef,
  given: RetirementQuery,
  { credentials }: Caller,
  { access, recorded }: RouterServices,
  signal: AbortSignal,
): Promise<RetirementRequest> {
  const name = formatServiceRef(service);
  const holder = await recorded.ownerOf(service, { signal });
  const owner = holder ?? given.owner;
  await access.require(meshedServiceRetirePermission, owner, credentials);
  if (owner === undefined)
    throw new NotFoundError(
      `Nobody holds ${name}: it was never asked for, or is retired already.`,
    );
  if (given.owner !== undefined && given.owner !== owner)
    throw new ConflictError(`${name} belongs to ${owner}, not ${given.owner}.`);
  const delivery = await recorded.deliveryOf(service, given.delivery);
  const { confirmNamespace } = given;
  return {
    service,
    owner,
    delivery,
    ...(confirmNamespace ? { confirmNamespace } : {}),
  };
}
