import type { HistoryNote } from './EffectivePolicy';
import type { InboundRoute, Server } from '../kinds';
import type { PolicyIndex } from './PolicyIndex';

type Acceptance = {
  accepted: boolean;
  /** Why not. */
  because: string;
  note?: HistoryNote;
};

/**
 * @returns whether a usable route is in effect on a Server. The control plane goes by the status that it wrote, so what is
 *   written counts; where nothing is written yet, what it will write, which follows from the objects.
 */
export function acceptanceOf(
  route: InboundRoute,
  server: Server,
  index: PolicyIndex,
): Acceptance {
  const conflict =
    route.kind === 'HTTPRoute' &&
    index.routesOf(server).some(({ kind }) => kind === 'GRPCRoute');
  const because = `a GRPCRoute is on Server ${server.name}, too`;
  const follows = !conflict;
  if (!route.verdicts || !route.verdicts.has(server.name)) {
    return {
      // A status that names other Servers only was written: this one is not taken until it is written again.
      accepted: follows && !route.verdicts,
      because: conflict
        ? because
        : `its status does not name Server ${server.name}`,
      note: noteOf(
        route,
        `its status says nothing yet about Server ${server.name}; it ${
          follows ? 'takes effect' : 'is refused'
        } once the policy controller has written it`,
      ),
    };
  }
  const accepted = route.verdicts.get(server.name) === true;
  return {
    accepted,
    because: conflict
      ? because
      : `its status does not say that Server ${server.name} takes it`,
    ...(accepted === follows
      ? {}
      : {
          note: noteOf(
            route,
            `its status ${accepted ? 'takes' : 'refuses'} it on Server ${
              server.name
            }, which does not follow from the objects: it changes when the policy controller writes it again`,
          ),
        }),
  };
}

function noteOf({ ref }: InboundRoute, because: string): HistoryNote {
  return { kind: 'status', ref, because };
}
