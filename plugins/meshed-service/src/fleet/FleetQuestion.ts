import {
  fleetOrders,
  phases,
  rungs,
  states,
  type ExportQueryInput,
  type FleetOrder,
  type ServicesQueryInput,
} from '@meshway/plugin-meshed-service-common';

/** How many services stand on a page. */
export const pageSizes = [25, 50, 100, 200] as const;

/** What the visitor wants to see of the fleet. It stands in the address of the page, so that it can be sent to somebody. */
export type FleetQuestion = {
  filters: FleetFilters;
  sort: FleetOrder;
  descending: boolean;
  pageSize: number;
  /** From 0. */
  page: number;
};
/** What narrows the fleet. */
export type FleetFilters = Pick<
  ServicesQueryInput,
  | 'search'
  | 'verdict'
  | 'state'
  | 'owner'
  | 'cluster'
  | 'phase'
  | 'templateVersion'
>;

const everything: FleetQuestion = {
  filters: {},
  sort: 'state',
  descending: false,
  pageSize: 50,
  page: 0,
};

/** @returns what an address asks for. What it says wrongly is left out: an old link still shows something. */
export function questionFrom(parameters: URLSearchParams): FleetQuestion {
  const text = (name: string, limit: number) =>
    parameters.get(name)?.trim().slice(0, limit) || undefined;
  const oneOf = <T extends string>(name: string, values: readonly T[]) =>
    values.find(value => value === parameters.get(name));
  const page = Number(parameters.get('page') ?? '1') - 1;
  const pageSize = Number(parameters.get('size'));
  const filters: FleetFilters = {
    search: text('search', 100),
    verdict: oneOf('verdict', [...rungs, 'unknown'] as const),
    state: oneOf('state', states),
    owner: text('owner', 253),
    cluster: text('cluster', 253),
    phase: oneOf('phase', phases),
    templateVersion: text('version', 100),
  };
  return {
    filters: Object.fromEntries(
      Object.entries(filters).filter(([, value]) => value !== undefined),
    ),
    sort: oneOf('sort', fleetOrders) ?? everything.sort,
    descending: parameters.get('order') === 'descending',
    pageSize: pageSizes.find(size => size === pageSize) ?? everything.pageSize,
    page: Number.isInteger(page) && page >= 0 && page < 10_000 ? page : 0,
  };
}

/** @returns the address of a question; what is as usual is not said. */
export function parametersOf(question: FleetQuestion): URLSearchParams {
  const { templateVersion, ...filters } = question.filters;
  const { sort, descending, pageSize, page } = question;
  const said: Record<string, string | undefined> = {
    ...filters,
    version: templateVersion,
    sort: sort === everything.sort ? undefined : sort,
    order: descending ? 'descending' : undefined,
    size: pageSize === everything.pageSize ? undefined : String(pageSize),
    page: page === 0 ? undefined : String(page + 1),
  };
  return new URLSearchParams(
    Object.entries(said).filter(
      (entry): entry is [string, string] => entry[1] !== undefined,
    ),
  );
}

/** @returns the question with other filters; what was seen on a later page of others says nothing about these. */
export function narrowed(
  question: FleetQuestion,
  filters: FleetFilters,
): FleetQuestion {
  return { ...question, filters, page: 0 };
}

/** @returns the question in another order; asked again for the same one, the other way round. */
export function sortedBy(
  question: FleetQuestion,
  sort: FleetOrder,
): FleetQuestion {
  return {
    ...question,
    sort,
    descending: question.sort === sort && !question.descending,
    page: 0,
  };
}

/** @returns the question as the backend takes it. */
export function queryOf(question: FleetQuestion): ServicesQueryInput {
  const { filters, sort, descending, pageSize, page } = question;
  return {
    ...filters,
    sort,
    ...(descending ? { descending: 'true' as const } : {}),
    limit: pageSize,
    offset: page * pageSize,
  };
}

/** @returns the question as an export takes it: everything that fits, in the same order. */
export function exportOf(
  question: FleetQuestion,
  format: ExportQueryInput['format'],
): ExportQueryInput {
  const { limit: _limit, offset: _offset, ...rest } = queryOf(question);
  return { ...rest, format };
}
