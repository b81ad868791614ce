import { NotFoundError } from '@backstage/errors';
import {
  formatServiceRef,
  isKnownAbsent,
  MeshedServiceSpec,
  MeshStatus,
  names,
  parseServiceRef,
  ServiceRef,
  ServicesQuery,
  ServicesResponse,
  ServiceSummary,
  StatusBatchItem,
  states,
} from '@meshway/plugin-meshed-service-common';
import { DeclaredServices } from './DeclaredServices';
import { inTurns } from './inTurns';

/** Whether the caller may see a service, by its owner. */
type MaySee = (owner: string | undefined) => boolean;

/** The observing side: what a store and its sources know. */
export type ObservedServices = {
  read(
    service: ServiceRef,
    spec: MeshedServiceSpec | undefined,
  ): Promise<MeshStatus>;
  /** Whether a cluster of that name is configured. */
  knows(cluster: string): boolean;
  /** Services that have been seen, whoever made them. */
  list(): Promise<ServiceRef[]>;
};

/** Joins what was asked for with what is seen. */
export class ServiceStatuses {
  constructor(
    private readonly declared: DeclaredServices,
    private readonly observed: ObservedServices,
  ) {}

  /** @returns the recorded owner, or undefined when nobody has asked for the service. */
  async ownerOf(service: ServiceRef): Promise<string | undefined> {
    return (await this.declared.list()).get(formatServiceRef(service))?.owner;
  }

  /** @throws NotFoundError when nobody has asked for the service and it is certain that nothing of it is there. */
  async read(service: ServiceRef): Promise<MeshStatus> {
    const status = await this.find(service);
    if (status) return status;
    const { cluster } = service;
    throw new NotFoundError(
      `There is no service ${formatServiceRef(
        service,
      )}: nobody has asked for it, and ${
        this.observed.knows(cluster)
          ? 'nothing of it is seen'
          : `${cluster} is not a cluster of this platform`
      }`,
    );
  }

  /** Each answer on its own, in order: one that is missing or denied hides no other. */
  readAll(
    services: readonly ServiceRef[],
    maySee: MaySee,
  ): Promise<StatusBatchItem[]> {
    return inTurns(services, 8, async (service): Promise<StatusBatchItem> => {
      if (!maySee(await this.ownerOf(service)))
        return { kind: 'denied', service };
      const status = await this.find(service);
      return status
        ? { kind: 'status', service, status }
        : { kind: 'notFound', service };
    });
  }

  /** The worst first; of equals in the order of their names. */
  async fleet(query: ServicesQuery, maySee: MaySee): Promise<ServicesResponse> {
    const claims = await this.declared.list();
    const refs = new Map<string, ServiceRef>();
    for (const ref of await this.observed.list())
      refs.set(formatServiceRef(ref), ref);
    for (const key of claims.keys()) {
      const ref = parseServiceRef(key);
      if (ref) refs.set(key, ref);
    }
    const asked = [...refs].filter(([key, ref]) => {
      const owner = claims.get(key)?.owner;
      return maySee(owner) && isAsked(ref, owner, query);
    });
    const summaries = await inTurns(asked, 8, async ([key, ref]) =>
      summaryOf(await this.find(ref), claims.get(key)?.owner),
    );
    const found = summaries
      .filter((summary): summary is ServiceSummary => summary !== undefined)
      .filter(summary => isInState(summary, query))
      .sort(worstFirst);
    return {
      items: found.slice(query.offset, query.offset + query.limit),
      total: found.length,
    };
  }

  private async find(service: ServiceRef): Promise<MeshStatus | undefined> {
    const declared = await this.declared.find(service);
    const status = await this.observed.read(service, declared?.spec);
    if (declared) return { ...status, declared: true };
    return (await this.isAbsent(service, status)) ? undefined : status;
  }

  /** What could not be read, of the cluster or of the registry, is unknown and not absent. */
  private async isAbsent(
    service: ServiceRef,
    status: MeshStatus,
  ): Promise<boolean> {
    if (status.observed) return false;
    const couldBeSeen = this.observed.knows(service.cluster);
    if (couldBeSeen && !isKnownAbsent(status)) return false;
    return this.declared.isFree(service);
  }
}

function isAsked(
  ref: ServiceRef,
  owner: string | undefined,
  query: ServicesQuery,
): boolean {
  return (
    (query.cluster === undefined || ref.cluster === query.cluster) &&
    (query.namespace === undefined || ref.namespace === query.namespace) &&
    (query.owner === undefined || owner === query.owner) &&
    (query.search === undefined ||
      ref.name.includes(query.search.toLocaleLowerCase('en-US')))
  );
}

function isInState(
  { state, verdict }: ServiceSummary,
  query: ServicesQuery,
): boolean {
  const rung = verdict.kind === 'known' ? verdict.rung : 'unknown';
  return (
    (query.state === undefined || state === query.state) &&
    (query.verdict === undefined || rung === query.verdict)
  );
}

function summaryOf(
  status: MeshStatus | undefined,
  owner: string | undefined,
): ServiceSummary | undefined {
  if (!status) return undefined;
  const { service, declared, observed, verdict, state, summary, observedAt } =
    status;
  return {
    service,
    ...(owner ? { owner, entityRef: names.entityRef(service) } : {}),
    declared,
    observed,
    verdict,
    state,
    summary,
    ...(observedAt ? { observedAt } : {}),
  };
}

function worstFirst(one: ServiceSummary, other: ServiceSummary): number {
  const byState = states.indexOf(other.state) - states.indexOf(one.state);
  const [a, b] = [one, other].map(({ service }) => formatServiceRef(service));
  return byState || (a < b ? -1 : Number(a > b));
}
