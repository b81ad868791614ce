import type { AuthService, LoggerService } from '@backstage/backend-plugin-api';
import { CATALOG_FILTER_EXISTS } from '@backstage/catalog-client';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { toError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import {
  annotations,
  parseServiceRef,
} from '@meshway/plugin-meshed-service-common';
import type { KnownService } from './relateService';

const FRESH_MILLISECONDS = 10_000;

/** The services that the catalog shows, whoever described them. Asked at most every ten seconds. */
export class KnownServices {
  private asked?: { at: number; services: Promise<KnownService[]> };
  private last: KnownService[] = [];

  constructor(
    private readonly catalog: Pick<CatalogService, 'getEntities'>,
    private readonly auth: Pick<AuthService, 'getOwnServiceCredentials'>,
    private readonly logger: LoggerService,
    private readonly now: () => number = Date.now,
  ) {}

  /** @returns the services as last seen: while the catalog cannot answer, those of its last answer. */
  list(): Promise<KnownService[]> {
    const at = this.now();
    if (!this.asked || at - this.asked.at > FRESH_MILLISECONDS) {
      this.asked = { at, services: this.ask() };
    }
    return this.asked.services;
  }

  private async ask(): Promise<KnownService[]> {
    try {
      const { items } = await this.catalog.getEntities(
        {
          filter: {
            [`metadata.annotations.${annotations.service}`]:
              CATALOG_FILTER_EXISTS,
          },
          fields: [
            'kind',
            'metadata.namespace',
            'metadata.name',
            'metadata.annotations',
          ],
        },
        { credentials: await this.auth.getOwnServiceCredentials() },
      );
      this.last = items.flatMap(entity => {
        const service = parseServiceRef(
          entity.metadata.annotations?.[annotations.service] ?? '',
        );
        return service
          ? [{ service, entityRef: stringifyEntityRef(entity) }]
          : [];
      });
    } catch (error) {
      this.logger.warn(
        `Relations between services may be incomplete: ${
          toError(error).message
        }`,
      );
    }
    return this.last;
  }
}
