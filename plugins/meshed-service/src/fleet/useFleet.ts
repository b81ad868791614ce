import { useApi } from '@backstage/frontend-plugin-api';
import {
  isOutdated,
  type ServicesQueryInput,
  type ServicesResponse,
  type StatusSignal,
} from '@meshway/plugin-meshed-service-common';
import { useCallback, useRef } from 'react';
import { meshedServiceApiRef } from '../api';
import { useLoadable, type Loadable } from '../loading';
import { useAnnouncements } from '../status/useAnnouncements';

/** A page of the fleet, kept fresh while it is visible. */
export function useFleet(
  query: ServicesQueryInput,
): Loadable<ServicesResponse> {
  const api = useApi(meshedServiceApiRef);
  const held = useRef<ServicesResponse>();
  // As text, because a query is a new object with every render.
  const asked = JSON.stringify(query);
  const read = useCallback(
    async (signal: AbortSignal) => {
      held.current = undefined;
      const fleet = await api.readFleet(JSON.parse(asked), { signal });
      held.current = fleet;
      return fleet;
    },
    [api, asked],
  );
  const announcements = useAnnouncements(
    useCallback(
      (announced: StatusSignal) =>
        held.current === undefined || concerns(held.current, announced),
      [],
    ),
  );
  return useLoadable(read, { ...announcements, spacingSeconds: 5 });
}

/** Whether an announcement may change what a page shows: one of its services has changed, or there is another one. */
function concerns(
  { items }: ServicesResponse,
  announced: StatusSignal,
): boolean {
  const marks = items.flatMap(({ mark }) => mark ?? []);
  // A backend that marks no lines leaves open whom an announcement is about.
  if (marks.length < items.length || announced.more) return true;
  const shown = new Set(marks.map(({ key }) => key));
  return (
    marks.some(mark => isOutdated(mark, announced)) ||
    announced.changed.some(({ key }) => !shown.has(key))
  );
}
