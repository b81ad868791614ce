import { NotFoundError } from '@backstage/errors';
import type { CatalogApi } from '@backstage/plugin-catalog-react';
import {
  annotations,
  parseServiceRef,
  type ServiceRef,
} from '@meshway/plugin-meshed-service-common';

/**
 * @param entityRef - as an entity picker gives it.
 * @returns the service that stands behind an entity of the catalog.
 * @throws NotFoundError when there is none, in words for whoever picked it.
 */
export async function serviceNamed(
  entityRef: string,
  catalog: Pick<CatalogApi, 'getEntityByRef'>,
): Promise<ServiceRef> {
  const entity = await catalog.getEntityByRef(entityRef);
  if (!entity)
    throw new NotFoundError(
      `The catalog has no ${entityRef}, or you may not see it.`,
    );
  const text = entity.metadata.annotations?.[annotations.service];
  const service = text === undefined ? undefined : parseServiceRef(text);
  if (!service)
    throw new NotFoundError(
      `${entityRef} is no meshed service: it lacks the annotation ${annotations.service}, or that is no <cluster>/<namespace>/<name>.`,
    );
  return service;
}
