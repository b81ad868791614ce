import { parseEntityRef } from '@backstage/catalog-model';
import { InputError, NotFoundError } from '@backstage/errors';
import {
  annotations,
  formatServiceRef,
  fromForm,
  names,
  parseServiceRef,
  quote,
  ServiceRef,
  serviceRefOf,
} from '@meshway/plugin-meshed-service-common';
import { readSpec } from './request';
import { userOf } from './initiator';
import type { StepContext, StepServices } from './StepServices';

/** A service that is meant, and how it was named. */
export type Target = {
  service: ServiceRef;
  /** Entity that stands for it, as far as that can be said without asking. */
  entityRef: string;
  /** What it was asked for, where that was given. */
  spec?: unknown;
};

/**
 * @returns which service is meant: by its entity, which the catalog is asked for and a checkpoint keeps, because a retired
 *   service has none; by its place; or by the original values.
 * @throws InputError, InvalidSpecError, and NotFoundError for an entity that is no meshed service.
 */
export async function readTarget(
  given: unknown,
  ctx: Pick<StepContext, 'checkpoint' | 'getInitiatorCredentials'>,
  services: Pick<StepServices, 'auth' | 'catalog'>,
): Promise<Target> {
  if (typeof given !== 'string') {
    const spec = readSpec(given);
    return {
      service: serviceRefOf(spec),
      entityRef: names.entityRef(spec),
      spec: fromForm(given),
    };
  }
  const place = given.includes(':') ? undefined : parseServiceRef(given);
  if (place) return { service: place, entityRef: names.entityRef(place) };
  if (!given.includes(':'))
    throw new InputError(
      `service: ${quote(
        given,
      )} names no service; give its entity, such as component:default/cart, or <cluster>/<namespace>/<name>`,
    );
  refuseNonsense(given);
  const { service } = await ctx.checkpoint({
    key: `service:${given}`,
    fn: async () => ({
      service: await serviceOf(given, ctx, services),
    }),
  });
  return { service: parsed(service), entityRef: given };
}

function refuseNonsense(entityRef: string): void {
  try {
    parseEntityRef(entityRef);
  } catch {
    throw new InputError(
      `service: ${quote(
        entityRef,
      )} is no reference of an entity; write it as component:default/cart`,
    );
  }
}

async function serviceOf(
  entityRef: string,
  ctx: Pick<StepContext, 'getInitiatorCredentials'>,
  services: Pick<StepServices, 'auth' | 'catalog'>,
): Promise<string> {
  const credentials = await userOf(ctx, services);
  const entity = await services.catalog.getEntityByRef(entityRef, {
    credentials,
  });
  if (!entity)
    throw new NotFoundError(
      `service: the catalog has no ${quote(
        entityRef,
      )}; choose one from the list`,
    );
  const service = entity.metadata.annotations?.[annotations.service];
  if (!service)
    throw new NotFoundError(
      `service: ${entityRef} is no meshed service: it has no annotation ${annotations.service}. Choose one that has.`,
    );
  return formatServiceRef(parsed(service));
}

function parsed(text: string): ServiceRef {
  const service = parseServiceRef(text);
  if (service) return service;
  throw new InputError(
    `service: the annotation ${annotations.service} says ${quote(
      text,
    )}, and not <cluster>/<namespace>/<name>`,
  );
}
