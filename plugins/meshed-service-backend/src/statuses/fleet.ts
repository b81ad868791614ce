import {
  FleetCounts,
  FleetOrder,
  formatServiceRef,
  Instant,
  phases,
  rungs,
  ServicesQuery,
  ServicesResponse,
  ServiceSummary,
  StateCounts,
  states,
} from '@meshway/plugin-meshed-service-common';

/** What narrows and orders the fleet. */
export type FleetFilter = Omit<ServicesQuery, 'limit' | 'offset'>;

/** @returns a page, and how many services there are of each state and on each rung, whichever of them are asked for. */
export function pageOf(
  seen: readonly ServiceSummary[],
  query: ServicesQuery,
): ServicesResponse {
  const { state: _, verdict: __, ...wider } = query;
  const within = matching(seen, wider);
  const found = sorted(matching(within, query), query);
  const oldest = oldestOf(within);
  return {
    items: found.slice(query.offset, query.offset + query.limit),
    total: found.length,
    ...countsOf(within),
    ...(oldest === undefined ? {} : { oldestObservedAt: oldest }),
  };
}

/** @returns the services that pass every filter. */
export function matching(
  services: readonly ServiceSummary[],
  query: Partial<FleetFilter>,
): ServiceSummary[] {
  const search = query.search?.toLocaleLowerCase('en-US');
  const is = <Value>(wanted: Value | undefined, value: Value | undefined) =>
    wanted === undefined || wanted === value;
  return services.filter(
    summary =>
      is(query.cluster, summary.service.cluster) &&
      is(query.namespace, summary.service.namespace) &&
      is(query.owner, summary.owner) &&
      is(query.state, summary.state) &&
      is(query.verdict, rungOf(summary)) &&
      is(query.phase, summary.phase) &&
      is(query.template, summary.template) &&
      is(query.templateVersion, summary.templateVersion) &&
      (search === undefined || summary.service.name.includes(search)),
  );
}

/** @returns them in the order that is asked for, and of equals in the order of their names: the same each time. */
export function sorted(
  services: readonly ServiceSummary[],
  { sort, descending }: Pick<FleetFilter, 'sort' | 'descending'>,
): ServiceSummary[] {
  const direction = descending ? -1 : 1;
  const keyed = services.map(summary => ({
    summary,
    key: keyFor[sort](summary),
    name: formatServiceRef(summary.service),
  }));
  keyed.sort((one, other) => {
    if (one.key === other.key) return one.name < other.name ? -1 : 1;
    // What has none stands at the end, whichever the direction.
    if (one.key === undefined) return 1;
    if (other.key === undefined) return -1;
    return compare(one.key, other.key) * direction;
  });
  return keyed.map(({ summary }) => summary);
}

const keyFor: Record<
  FleetOrder,
  (summary: ServiceSummary) => string | number | undefined
> = {
  state: ({ state }) => -states.indexOf(state),
  verdict: ({ verdict }) =>
    verdict.kind === 'known' ? rungs.indexOf(verdict.rung) : undefined,
  name: ({ service }) => service.name,
  namespace: ({ service }) => service.namespace,
  cluster: ({ service }) => service.cluster,
  owner: ({ owner }) => owner,
  phase: ({ phase }) => phase && phases.indexOf(phase),
  templateVersion: ({ templateVersion }) => templateVersion,
  observedAt: ({ observedAt }) => observedAt,
};

const versions = new Intl.Collator('en-US', { numeric: true });

function compare(one: string | number, other: string | number): number {
  return typeof one === 'number' && typeof other === 'number'
    ? one - other
    : versions.compare(String(one), String(other)) ||
        (String(one) < String(other) ? -1 : 1);
}

const rungOf = ({ verdict }: ServiceSummary) =>
  verdict.kind === 'known' ? verdict.rung : 'unknown';

/** @returns when that was seen which was seen first; instants of one form are ordered as texts are. */
function oldestOf(services: readonly ServiceSummary[]): Instant | undefined {
  let oldest: Instant | undefined;
  for (const { observedAt } of services)
    if (observedAt && (oldest === undefined || observedAt < oldest))
      oldest = observedAt;
  return oldest;
}

function countsOf(
  services: readonly ServiceSummary[],
): Pick<ServicesResponse, 'counts' | 'countsByState'> {
  const counts: FleetCounts = {};
  const countsByState: StateCounts = {};
  for (const summary of services) {
    const { state } = summary;
    const rung = rungOf(summary);
    counts[rung] = (counts[rung] ?? 0) + 1;
    countsByState[state] = (countsByState[state] ?? 0) + 1;
  }
  return { counts, countsByState };
}
