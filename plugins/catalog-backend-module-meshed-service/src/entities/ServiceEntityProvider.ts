import type { LoggerService } from '@backstage/backend-plugin-api';
import {
  DeferredEntity,
  EntityProvider,
  EntityProviderConnection,
  EntityProviderMutation,
  locationSpecToLocationEntity,
} from '@backstage/plugin-catalog-node';
import {
  ANNOTATION_LOCATION,
  ANNOTATION_ORIGIN_LOCATION,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { toError } from '@backstage/errors';
import { names, parseServiceRef } from '@meshway/plugin-meshed-service-common';
import type { AwaitedEntities } from './AwaitedEntities';
import type { Located, LocatedServices } from './LocatedServices';

/**
 * Gives the catalog one location per claimed service. The catalog reads each by itself, so a repository that cannot be
 * read, or whose catalog file is broken, has an error of its own and takes nothing else away.
 */
export class ServiceEntityProvider implements EntityProvider {
  private connection?: EntityProviderConnection;
  /** What the catalog has been given; what a portal that ran before has given it is known once all has been given. */
  private given: ReadonlyMap<string, Located> = new Map();
  private isAllGiven = false;
  private readonly told = new Set<string>();
  private queue: Promise<void> = Promise.resolve();

  constructor(
    private readonly services: Pick<
      LocatedServices,
      'look' | 'all' | 'isWhole'
    >,
    private readonly awaited: Pick<AwaitedEntities, 'hasten'>,
    private readonly logger: LoggerService,
  ) {}

  getProviderName(): string {
    return 'meshed-service';
  }

  async connect(connection: EntityProviderConnection): Promise<void> {
    this.connection = connection;
  }

  /**
   * Looks at the registry and at repositories again; one look at a time. Never throws: the next look repairs.
   * @param repository - has changed, as somebody says.
   */
  refresh(repository?: string): Promise<void> {
    if (repository !== undefined) this.told.add(repository);
    this.queue = this.queue.then(() =>
      this.look().catch(error =>
        this.logger.warn(
          `The catalog keeps the services it has: ${toError(error).message}`,
        ),
      ),
    );
    return this.queue;
  }

  private async look(): Promise<void> {
    const { connection, services, given } = this;
    if (!connection) return;
    const told = new Set(this.told);
    // Whoever tells of one of them from now on speaks of something that this look may not see.
    this.told.clear();
    const unread = await services.look(told).catch(error => {
      for (const repository of told) this.told.add(repository);
      throw error;
    });
    for (const repository of unread) this.told.add(repository);

    const now = services.all();
    const mutation = this.mutationTo(now);
    if (mutation) await connection.applyMutation(mutation);
    const changed = [...now].filter(
      ([service, { commit }]) =>
        commit !== undefined && given.get(service)?.commit !== commit,
    );
    if (changed.length > 0)
      await connection.refresh({
        keys: changed.map(([, { target }]) => refreshKeyOf(target)),
      });
    // Until all are given once, each may be one that a portal which ran before has given; later, what is new is given time.
    const earlier = [...now].filter(
      ([service]) => !this.isAllGiven || given.has(service),
    );
    this.given = now;
    this.isAllGiven = services.isWhole || this.isAllGiven;
    await this.awaited.hasten(
      earlier.flatMap(([service, { target }]) => {
        const ref = parseServiceRef(service);
        const locationRef = refOfLocation(target);
        return ref ? [{ entityRef: names.entityRef(ref), locationRef }] : [];
      }),
    );
  }

  /**
   * @returns what is new and what is gone. Once, when all services are known, all of them: what the catalog still has from a
   * portal that ran before, and nobody holds any more, goes then.
   */
  private mutationTo(
    now: ReadonlyMap<string, Located>,
  ): EntityProviderMutation | undefined {
    if (!this.isAllGiven && this.services.isWhole)
      return {
        type: 'full',
        entities: [...now.values()].map(({ target }) => this.locate(target)),
      };
    const before = targetsIn(this.given);
    const after = targetsIn(now);
    const added = [...after].filter(target => !before.has(target));
    const removed = [...before].filter(target => !after.has(target));
    if (added.length + removed.length === 0) return undefined;
    return {
      type: 'delta',
      added: added.map(target => this.locate(target)),
      removed: removed.map(target => ({
        entityRef: refOfLocation(target),
        locationKey: this.getProviderName(),
      })),
    };
  }

  private locate(target: string): DeferredEntity {
    const entity = locationSpecToLocationEntity({
      location: { type: 'url', target },
    });
    const ref = `url:${target}`;
    return {
      locationKey: this.getProviderName(),
      entity: {
        ...entity,
        metadata: {
          ...entity.metadata,
          annotations: {
            ...entity.metadata.annotations,
            [ANNOTATION_LOCATION]: ref,
            [ANNOTATION_ORIGIN_LOCATION]: ref,
          },
        },
      },
    };
  }
}

/** The key under which the catalog refreshes a location and the entities read from it. */
export function refreshKeyOf(target: string): string {
  return `url:${target}`;
}

function refOfLocation(target: string): string {
  return stringifyEntityRef(
    locationSpecToLocationEntity({ location: { type: 'url', target } }),
  );
}

function targetsIn(services: ReadonlyMap<string, Located>): Set<string> {
  return new Set([...services.values()].map(({ target }) => target));
}
