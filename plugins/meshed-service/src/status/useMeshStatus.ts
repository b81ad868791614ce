import { RELATION_OWNED_BY, type Entity } from '@backstage/catalog-model';
import { useApi } from '@backstage/frontend-plugin-api';
import {
  annotations,
  isOutdated,
  parseServiceRef,
  type MarkedStatus,
  type StatusMark,
} from '@meshway/plugin-meshed-service-common';
import { useCallback, useRef } from 'react';
import { meshedServiceApiRef } from '../api';
import { useLoadable, type Loadable } from '../loading';
import { useAnnouncements } from './useAnnouncements';

/** The mTLS status of an entity's service, kept fresh while the page is visible. */
export function useMeshStatus(entity: Entity): Loadable<MarkedStatus> {
  const api = useApi(meshedServiceApiRef);
  const text = entity.metadata.annotations?.[annotations.service] ?? '';
  const held = useRef<StatusMark | 'not read yet' | undefined>('not read yet');
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
      const status = await api.readStatus(service, { signal });
      held.current = status.mark;
      return status;
    },
    [api, text],
  );
  const announcements = useAnnouncements(
    useCallback(announced => {
      // While it is read for the first time, any announcement may be about it.
      if (held.current === 'not read yet') return true;
      return held.current !== undefined && isOutdated(held.current, announced);
    }, []),
  );
  return useLoadable(read, { ...announcements, whom: ownerOf(entity) });
}

function ownerOf(entity: Entity): string | undefined {
  return entity.relations?.find(({ type }) => type === RELATION_OWNED_BY)
    ?.targetRef;
}
