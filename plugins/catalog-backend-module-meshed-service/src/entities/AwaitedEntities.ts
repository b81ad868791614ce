import type {
  AuthService,
  BackstageCredentials,
  LoggerService,
} from '@backstage/backend-plugin-api';
import { CATALOG_FILTER_EXISTS } from '@backstage/catalog-client';
import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { toError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import { annotations } from '@meshway/plugin-meshed-service-common';

/** How many entities are asked for in one request; their names stand in an address. */
const BATCH = 100;

/** An entity that the catalog shall show, and the location that it is read from. */
export type Awaited = { entityRef: string; locationRef: string };

/**
 * Entities that the catalog was told of and does not show. The catalog takes what it processes off its queue for a whole
 * `catalog.processingInterval` before it begins: where its process was killed meanwhile, or a file could not be read, a
 * service that is there would stay out of sight for that long, and nothing else brings it forward.
 *
 * The catalog also keeps an entity, and what lists and forms find it by, in two steps. Killed in between, it takes the entity
 * for finished ever after: whoever has its address sees it, and no list has it. Such an entity is taken out, so that the
 * catalog makes it anew.
 */
export class AwaitedEntities {
  private shown = new Set<string>();
  private looks = new Map<string, number>();
  /** Seen by address and not in lists: it may just be on its way there. */
  private unlisted = new Set<string>();

  constructor(
    private readonly catalog: Pick<
      CatalogService,
      | 'getEntities'
      | 'getEntitiesByRefs'
      | 'refreshEntity'
      | 'removeEntityByUid'
    >,
    private readonly auth: Pick<AuthService, 'getOwnServiceCredentials'>,
    private readonly logger: LoggerService,
  ) {}

  /** Brings forward what is not shown yet: at the first look, the second, the fourth, the eighth and so on. */
  async hasten(services: readonly Awaited[]): Promise<void> {
    const told = services.map(keyOf);
    this.shown = new Set(told.filter(key => this.shown.has(key)));
    const waiting = services.filter(each => !this.shown.has(keyOf(each)));
    this.looks = new Map(
      waiting.map(each => [
        keyOf(each),
        (this.looks.get(keyOf(each)) ?? 0) + 1,
      ]),
    );
    const due = waiting.filter(each =>
      isPowerOfTwo(this.looks.get(keyOf(each))!),
    );
    for (let start = 0; start < due.length; start += BATCH) {
      await this.hastenBatch(due.slice(start, start + BATCH)).catch(error =>
        this.logger.debug(
          `What the catalog shows is not known: ${toError(error).message}`,
        ),
      );
    }
  }

  private async hastenBatch(batch: readonly Awaited[]): Promise<void> {
    const credentials = await this.auth.getOwnServiceCredentials();
    const { items } = await this.catalog.getEntitiesByRefs(
      {
        entityRefs: batch.map(({ entityRef }) => entityRef),
        fields: ['metadata.annotations', 'metadata.uid'],
      },
      { credentials },
    );
    const listed = await this.listed(batch, credentials);
    for (const [index, awaited] of batch.entries()) {
      const key = keyOf(awaited);
      const metadata = items[index]?.metadata;
      if (!metadata?.annotations?.[annotations.service])
        await this.bringForward(awaited, credentials);
      else if (listed.has(awaited.entityRef)) {
        this.shown.add(key);
        this.unlisted.delete(key);
      } else if (this.unlisted.has(key) && metadata.uid) {
        this.unlisted.delete(key);
        this.logger.info(
          `${awaited.entityRef} was in the catalog and in no list of it; it is made anew`,
        );
        await this.catalog.removeEntityByUid(metadata.uid, { credentials });
      } else this.unlisted.add(key);
    }
  }

  /** @returns those that lists and forms find, by reference. */
  private async listed(
    batch: readonly Awaited[],
    credentials: BackstageCredentials,
  ): Promise<Set<string>> {
    const { items } = await this.catalog.getEntities(
      {
        filter: {
          'metadata.name': batch.map(
            ({ entityRef }) => parseEntityRef(entityRef).name,
          ),
          [`metadata.annotations.${annotations.service}`]:
            CATALOG_FILTER_EXISTS,
        },
        fields: ['kind', 'metadata.namespace', 'metadata.name'],
      },
      { credentials },
    );
    return new Set(items.map(entity => stringifyEntityRef(entity)));
  }

  /** With an entity, the catalog brings forward the location that it is read from; before that is read, there is no entity. */
  private async bringForward(
    { entityRef, locationRef }: Awaited,
    credentials: BackstageCredentials,
  ): Promise<void> {
    for (const ref of [entityRef, locationRef]) {
      try {
        await this.catalog.refreshEntity(ref, { credentials });
        return;
      } catch (error) {
        const { message } = toError(error);
        this.logger.debug(`${ref} is not brought forward: ${message}`);
      }
    }
  }
}

/** An entity that is read from somewhere else is another one to wait for. */
function keyOf({ entityRef, locationRef }: Awaited): string {
  return `${locationRef} ${entityRef}`;
}

function isPowerOfTwo(count: number): boolean {
  return Number.isInteger(Math.log2(count));
}
