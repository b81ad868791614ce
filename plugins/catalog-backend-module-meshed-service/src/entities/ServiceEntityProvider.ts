import type { LoggerService } from '@backstage/backend-plugin-api';
import {
  DeferredEntity,
  EntityProvider,
  EntityProviderConnection,
  locationSpecToLocationEntity,
} from '@backstage/plugin-catalog-node';
import {
  ANNOTATION_LOCATION,
  ANNOTATION_ORIGIN_LOCATION,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { toError } from '@backstage/errors';
import {
  names,
  parseServiceRef,
  readStamp,
  STAMP_PATH,
} from '@meshway/plugin-meshed-service-common';
import type {
  Claim,
  Forge,
  Registry,
} from '@meshway/plugin-meshed-service-node';
import { AwaitedEntities } from './AwaitedEntities';
import { Sources } from './Sources';

const USUAL_BRANCH = 'main';

/** A service that the catalog shall show, and the commit at which it was last seen. */
type Listed = { target: string; commit?: string };

/**
 * Gives the catalog one location per claimed service. The catalog reads each by itself, so a repository that cannot be
 * read, or whose catalog file is broken, has an error of its own and takes nothing else away.
 */
export class ServiceEntityProvider implements EntityProvider {
  private connection?: EntityProviderConnection;
  private listed: ReadonlyMap<string, Listed> | undefined;
  private queue: Promise<void> = Promise.resolve();

  constructor(
    private readonly forge: Pick<Forge, 'read'>,
    private readonly registry: Pick<Registry, 'listClaims'>,
    private readonly sources: Sources,
    private readonly awaited: Pick<AwaitedEntities, 'hasten'>,
    private readonly logger: LoggerService,
  ) {}

  getProviderName(): string {
    return 'meshed-service';
  }

  async connect(connection: EntityProviderConnection): Promise<void> {
    this.connection = connection;
  }

  /** Looks at the registry and at every repository again; one look at a time. Never throws: the next look repairs. */
  refresh(): Promise<void> {
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
    const { connection, listed: before } = this;
    if (!connection) return;
    const now = new Map<string, Listed>();
    for (const claim of await this.registry.listClaims()) {
      const found = await this.find(claim, before?.get(claim.service));
      if (found) now.set(claim.service, found);
    }
    if (!before || !sameTargets(before, now)) {
      await connection.applyMutation({
        type: 'full',
        entities: [...now.values()].map(({ target }) => this.locate(target)),
      });
    }
    const changed = [...now].filter(
      ([service, { commit }]) =>
        commit !== undefined && before?.get(service)?.commit !== commit,
    );
    if (changed.length > 0) {
      await connection.refresh({
        keys: changed.map(([, { target }]) => refreshKeyOf(target)),
      });
    }
    this.listed = now;
    await this.awaited.hasten(
      [...now].flatMap(([service, { target }]) => {
        const ref = parseServiceRef(service);
        const locationRef = stringifyEntityRef(this.locate(target).entity);
        return ref ? [{ entityRef: names.entityRef(ref), locationRef }] : [];
      }),
    );
  }

  /** @returns undefined while a name is claimed and its repository not made yet. */
  private async find(
    { service, repository }: Claim,
    before: Listed | undefined,
  ): Promise<Listed | undefined> {
    try {
      const snapshot = await this.forge.read(repository, {
        paths: [STAMP_PATH],
      });
      if (!snapshot) return undefined;
      const branch = branchIn(snapshot.files.get(STAMP_PATH));
      const target = this.sources.catalogFile(repository, branch);
      return { target, commit: snapshot.commit };
    } catch (error) {
      this.logger.warn(
        `Repository ${repository} of ${service} could not be read: ${
          toError(error).message
        }`,
      );
      return (
        before ?? { target: this.sources.catalogFile(repository, USUAL_BRANCH) }
      );
    }
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

/** The branch that a service lives on, by its stamp; a stamp that cannot be read is an error of its entity. */
function branchIn(stamp: string | undefined): string {
  try {
    return stamp ? readStamp(stamp).spec.delivery.revision : USUAL_BRANCH;
  } catch {
    return USUAL_BRANCH;
  }
}

/** The key under which the catalog refreshes a location and the entities read from it. */
export function refreshKeyOf(target: string): string {
  return `url:${target}`;
}

function sameTargets(
  one: ReadonlyMap<string, Listed>,
  other: ReadonlyMap<string, Listed>,
): boolean {
  return (
    one.size === other.size &&
    [...one].every(
      ([service, { target }]) => other.get(service)?.target === target,
    )
  );
}
