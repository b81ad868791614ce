import { ConflictError } from '@backstage/errors';
import {
  formatServiceRef,
  meshedServiceChangePermission,
  meshedServiceReadPermission,
  phaseRequestSchema,
  ReceiptStep,
  verifyRequestSchema,
} from '@meshway/plugin-meshed-service-common';
import { ForgeUnavailableError } from '@meshway/plugin-meshed-service-node';
import type { RequestHandler, Router } from 'express';
import { audited } from './audited';
import { callerOf, writtenBy } from './caller';
import { overrodeIn, receiptFacts } from './receiptFacts';
import { parseRequest, serviceRefFrom, specAt } from './requests';
import { respondWith } from './respondWith';
import type { RouterServices } from './RouterServices';

const path = '/v1/services/:cluster/:namespace/:name';

/** Moves a service from phase to phase. */
export function addPhaseRoutes(
  router: Router,
  limited: RequestHandler,
  {
    httpAuth,
    auditor,
    catalog,
    logger,
    access,
    provisioning,
    recorded,
  }: RouterServices,
): void {
  router.put(`${path}/phase`, limited, async (request, response) => {
    const service = serviceRefFrom(request.params);
    const caller = await callerOf(request, httpAuth);
    const attempt = {
      eventId: 'service-phase',
      severityLevel: 'high' as const,
      request,
      meta: { service: formatServiceRef(service) },
    };
    await respondWith(request, response, logger, ({ signal, onStep }) =>
      audited(auditor, attempt, async note => {
        const body = parseRequest(phaseRequestSchema, request.body);
        const { phase, reason, force, task, waitSeconds } = body;
        note({ to: phase, ...(reason ? { reason } : {}) });
        const owner = await recorded
          .ownerOf(service, { signal })
          .catch(sayWayOut);
        await access.require(
          meshedServiceChangePermission,
          owner,
          caller.credentials,
        );
        const asked = await recorded
          .recordedRequestOf(service, body)
          .catch(sayWayOut);
        const spec = specAt(service, asked.service);
        if (spec.owner !== owner)
          throw new ConflictError(
            `${formatServiceRef(service)} belongs to ${
              owner ?? 'nobody yet'
            }, and spec.owner says ${
              spec.owner
            }. A phase is changed for the owner that is recorded.`,
          );
        const overridden: ReceiptStep[] = [];
        const receipt = await provisioning.setPhase(
          { request: asked, phase, reason, force },
          {
            ...(await writtenBy(caller, task, { catalog, logger })),
            reason,
            waitSeconds,
            signal,
            onStep,
            // What comes after it may fail, and then there is no receipt.
            onOverridden: step => {
              overridden.push(step);
              note({ overrode: overrodeIn(overridden) });
            },
          },
        );
        note(receiptFacts(receipt));
        return { receipt };
      }),
    );
  });
}

/** What is recorded is read in the forge, and an outage may not wait until that is back. */
function sayWayOut(error: unknown): never {
  if (!(error instanceof ForgeUnavailableError)) throw error;
  throw new ForgeUnavailableError(
    `${error.message}. The portal changes a phase by what the repository records. A step back that cannot wait needs nothing but the cluster: meshway phase <phase> <file of the service>`,
  );
}

/** Waits until a service is what was asked for. */
export function addVerifyRoutes(
  router: Router,
  limited: RequestHandler,
  { httpAuth, auditor, logger, access, provisioning, recorded }: RouterServices,
): void {
  router.post(`${path}/verify`, limited, async (request, response) => {
    const service = serviceRefFrom(request.params);
    const caller = await callerOf(request, httpAuth);
    const attempt = {
      eventId: 'service-verify',
      severityLevel: request.body?.completeRole
        ? ('medium' as const)
        : ('low' as const),
      request,
      meta: { service: formatServiceRef(service) },
    };
    await respondWith(request, response, logger, ({ signal, onStep }) =>
      audited(auditor, attempt, async note => {
        const body = parseRequest(verifyRequestSchema, request.body);
        const { completeRole = false, waitSeconds } = body;
        const owner = await recorded.ownerOf(service, { signal });
        note({ completeRole, ...(owner ? { owner } : {}) });
        await access.require(
          completeRole
            ? meshedServiceChangePermission
            : meshedServiceReadPermission,
          owner,
          caller.credentials,
        );
        const asked = await recorded.requestOf(service, body);
        specAt(service, asked.service);
        const verification = await provisioning.verify(asked, {
          waitSeconds,
          completeRole,
          signal,
          onStep,
        });
        note({ state: verification.state, timedOut: verification.timedOut });
        return { verification };
      }),
    );
  });
}
