import type { AuthService, LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import { annotations } from '@meshway/plugin-meshed-service-common';

/** How many entities are asked for in one request. */
const BATCH = 500;

/** An entity that the catalog shall show, and the location that it is read from. */
export type Awaited = { entityRef: string; locationRef: string };

/**
 * Entities that the catalog was told of and does not show. The catalog takes what it processes off its queue for a whole
 * `catalog.processingInterval` before it begins: where its process was killed meanwhile, or a file could not be read, a
 * service that is there would stay out of sight for that long, and nothing else brings it forward.
 */
export class AwaitedEntities {
  private shown = new Set<string>();
  private looks = new Map<string, number>();

  constructor(
    private readonly catalog: Pick<
      CatalogService,
      'getEntitiesByRefs' | 'refreshEntity'
    >,
    private readonly auth: Pick<AuthService, 'getOwnServiceCredentials'>,
    private readonly logger: LoggerService,
  ) {}

  /** Brings forward what is not shown yet: at the first look, the second, the fourth, the eighth and so on. */
  async hasten(services: readonly Awaited[]): Promise<void> {
    const told = services.map(({ entityRef }) => entityRef);
    this.shown = new Set(told.filter(ref => this.shown.has(ref)));
    const waiting = services.filter(
      ({ entityRef }) => !this.shown.has(entityRef),
    );
    this.looks = new Map(
      waiting.map(({ entityRef }) => [
        entityRef,
        (this.looks.get(entityRef) ?? 0) + 1,
      ]),
    );
    const due = waiting.filter(({ entityRef }) =>
      isPowerOfTwo(this.looks.get(entityRef)!),
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
        fields: ['metadata.annotations'],
      },
      { credentials },
    );
    for (const [index, { entityRef, locationRef }] of batch.entries()) {
      if (items[index]?.metadata.annotations?.[annotations.service]) {
        this.shown.add(entityRef);
        continue;
      }
      for (const ref of [locationRef, entityRef]) {
        await this.catalog
          .refreshEntity(ref, { credentials })
          .catch(error =>
            this.logger.debug(
              `${ref} is not brought forward: ${toError(error).message}`,
            ),
          );
      }
    }
  }
}

function isPowerOfTwo(count: number): boolean {
  return Number.isInteger(Math.log2(count));
}
