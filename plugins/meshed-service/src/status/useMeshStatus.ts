import { RELATION_OWNED_BY, type Entity } from '@backstage/catalog-model';
import { useApi } from '@backstage/frontend-plugin-api';
import {
  annotations,
  parseServiceRef,
  type MeshStatus,
} from '@meshway/plugin-meshed-service-common';
import { useCallback } from 'react';
import { meshedServiceApiRef } from '../api';
import { useLoadable, type Loadable } from '../loading';

/** How often a visible page asks again. */
export const POLL_SECONDS = 15;

/** The mTLS status of an entity's service, kept fresh while the page is visible. */
export function useMeshStatus(entity: Entity): Loadable<MeshStatus> {
  const api = useApi(meshedServiceApiRef);
  const text = entity.metadata.annotations?.[annotations.service] ?? '';
  const read = useCallback(
    async (signal: AbortSignal) => {
      const service = parseServiceRef(text);
      if (!service)
        throw new Error(
          `The annotation ${
            annotations.service
          } of this entity must be <cluster>/<namespace>/<name>; it is ${JSON.stringify(
            text,
          )}.`,
        );
      return api.readStatus(service, { signal });
    },
    [api, text],
  );
  return useLoadable(read, {
    everySeconds: POLL_SECONDS,
    whom: ownerOf(entity),
  });
}

function ownerOf(entity: Entity): string | undefined {
  return entity.relations?.find(({ type }) => type === RELATION_OWNED_BY)
    ?.targetRef;
}
