import { useApiHolder } from '@backstage/frontend-plugin-api';
import { signalApiRef } from '@backstage/plugin-signals-react';
import {
  statusChannel,
  statusSignalSchema,
  type StatusSignal,
} from '@meshway/plugin-meshed-service-common';
import { useMemo } from 'react';
import type { Listen } from '../loading';

/** How often a visible page asks again where nothing is announced. */
export const POLL_SECONDS = 15;
/** Where changes are announced: only for announcements that got lost, and so that ages stay true. */
export const POLL_WITH_SIGNALS_SECONDS = 30;

/**
 * Changes of statuses, as the backend announces them. An announcement tells nothing but that there is something to read;
 * a portal without signals is asked more often instead.
 *
 * @param concerns - whether an announcement is about what is shown; must keep its identity.
 * @returns what `useLoadable` needs to keep it fresh.
 */
export function useAnnouncements(
  concerns: (announced: StatusSignal) => boolean,
): { everySeconds: number; listen?: Listen } {
  const signals = useApiHolder().get(signalApiRef);
  return useMemo(() => {
    if (!signals) return { everySeconds: POLL_SECONDS };
    return {
      everySeconds: POLL_WITH_SIGNALS_SECONDS,
      listen: again => {
        const { unsubscribe } = signals.subscribe(statusChannel, message => {
          const announced = statusSignalSchema.safeParse(message);
          if (announced.success && concerns(announced.data)) again();
        });
        return unsubscribe;
      },
    };
  }, [signals, concerns]);
}
