import type { Entity } from '@backstage/catalog-model';
import {
  annotations,
  parseServiceRef,
  type ServiceRef,
} from '@meshway/plugin-meshed-service-common';

/** @returns whether an entity stands for a meshed service: whether the card and the tab have anything to say. */
export function isMeshedService(entity: Entity): boolean {
  return serviceOf(entity) !== undefined;
}

/** @returns the service that an entity stands for, by its annotation. */
export function serviceOf(entity: Entity): ServiceRef | undefined {
  const text = entity.metadata.annotations?.[annotations.service];
  return text === undefined ? undefined : parseServiceRef(text);
}
