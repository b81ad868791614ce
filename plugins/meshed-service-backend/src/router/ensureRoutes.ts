import { NotFoundError } from '@backstage/errors';
import {
  ensureRequestSchema,
  formatServiceRef,
  ProvisioningPart,
  provisioningParts,
  quote,
} from '@meshway/plugin-meshed-service-common';
import type { Request, RequestHandler, Response, Router } from 'express';
import { requireEnsure } from '../access';
import { noTemplate } from '../provisioning';
import { audited } from './audited';
import { callerOf, writtenBy } from './caller';
import { receiptFacts } from './receiptFacts';
import { parseRequest, serviceRefFrom, specAt } from './requests';
import { respondWith } from './respondWith';
import type { RouterServices } from './RouterServices';

/** Makes a service, or a part of it, what was asked for. */
export function addEnsureRoutes(
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
  const ensure = async (
    request: Request,
    response: Response,
    part?: ProvisioningPart,
  ) => {
    const service = serviceRefFrom(request.params);
    const name = formatServiceRef(service);
    const caller = await callerOf(request, httpAuth);
    const attempt = {
      eventId: 'service-ensure',
      severityLevel: 'medium' as const,
      request,
      meta: { service: name, ...(part ? { part } : {}) },
    };
    await respondWith(request, response, logger, ({ signal, onStep }) =>
      audited(auditor, attempt, async note => {
        const body = parseRequest(ensureRequestSchema, request.body);
        const spec = specAt(service, body.spec);
        const { transferFrom, skeleton, template = noTemplate } = body;
        note({ owner: spec.owner, ...(transferFrom ? { transferFrom } : {}) });
        const owners = {
          service: name,
          requested: spec.owner,
          recorded: await recorded.ownerOf(service, { signal, transferFrom }),
          transferFrom,
        };
        await requireEnsure(access, owners, caller.credentials);
        const asked = {
          service: body.spec,
          template,
          ...(skeleton ? { skeleton } : {}),
        };
        const options = {
          ...(await writtenBy(caller, body.task, { catalog, logger })),
          transferFrom,
          waitSeconds: body.waitSeconds,
          signal,
          onStep,
        };
        const receipt = part
          ? await provisioning.ensurePart(part, asked, options)
          : await provisioning.ensure(asked, options);
        note(receiptFacts(receipt));
        return { receipt };
      }),
    );
  };

  const path = '/v1/services/:cluster/:namespace/:name';
  router.put(path, limited, (request, response) => ensure(request, response));
  router.put(`${path}/:part`, limited, (request, response) =>
    ensure(request, response, partFrom(request.params.part)),
  );
}

function partFrom(text: string): ProvisioningPart {
  const part = provisioningParts.find(each => each === text);
  if (part) return part;
  throw new NotFoundError(
    `A service has no part ${quote(text)}. Choose ${provisioningParts.join(
      ', ',
    )}.`,
  );
}
