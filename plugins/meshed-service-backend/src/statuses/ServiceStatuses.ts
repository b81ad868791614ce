import { NotFoundError } from '@backstage/errors';
import {
  formatServiceRef,
  ServiceRef,
  ServicesQuery,
  ServicesResponse,
  ServiceSummary,
} from '@meshway/plugin-meshed-service-common';
import type { DeclaredServices } from '../declared';
import { inTurns } from '../pace';
import { FleetFilter, matching, pageOf, sorted } from './fleet';
import type { ObservedServices } from './ObservedServices';
import type { StatusEdition } from './StatusEdition';
import type { StatusEditions } from './StatusEditions';

/** Whether the caller may see a service, by its owner. */
export type MaySee = (owner: string | undefined) => boolean;

/** What is answered about one service of a batch. */
export type BatchItem =
  | { kind: 'status'; service: ServiceRef; edition: StatusEdition }
  | { kind: 'notFound' | 'denied'; service: ServiceRef };

/** What is asked about services, answered from memory. */
export class ServiceStatuses {
  constructor(
    private readonly declared: DeclaredServices,
    private readonly observed: Pick<ObservedServices, 'knows'>,
    private readonly editions: StatusEditions,
  ) {}

  /** @returns the recorded owner, or undefined when nobody has asked for the service. */
  async ownerOf(service: ServiceRef): Promise<string | undefined> {
    const name = formatServiceRef(service);
    if (!this.declared.isPrepared(name)) await this.declared.prepare(name);
    return this.declared.known(name)?.claim.owner;
  }

  /** @returns what is in memory and still holds, without waiting for anything. */
  current(service: ServiceRef): StatusEdition | undefined {
    return this.editions.current(formatServiceRef(service));
  }

  /** @throws NotFoundError when nobody has asked for the service and it is certain that nothing of it is there. */
  async read(service: ServiceRef): Promise<StatusEdition> {
    const edition = await this.editions.read(service);
    if (edition) return edition;
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
  ): Promise<BatchItem[]> {
    return inTurns(services, 8, async (service): Promise<BatchItem> => {
      if (!maySee(await this.ownerOf(service)))
        return { kind: 'denied', service };
      const edition = await this.editions.read(service);
      return edition
        ? { kind: 'status', service, edition }
        : { kind: 'notFound', service };
    });
  }

  /** @returns a page of the services that match, and how many of each kind the caller may see. */
  async fleet(query: ServicesQuery, maySee: MaySee): Promise<ServicesResponse> {
    const unread = await this.declared.settle();
    const seen = (await this.editions.summaries()).filter(({ owner }) =>
      maySee(owner),
    );
    return { ...pageOf(seen, query), ...(unread > 0 ? { unread } : {}) };
  }

  /** @returns every service that matches and that the caller may see, in order. */
  async all(query: FleetFilter, maySee: MaySee): Promise<ServiceSummary[]> {
    await this.declared.settle();
    const seen = (await this.editions.summaries()).filter(({ owner }) =>
      maySee(owner),
    );
    return sorted(matching(seen, query), query);
  }
}
