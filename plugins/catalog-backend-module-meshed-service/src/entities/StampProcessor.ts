import type { UrlReaderService } from '@backstage/backend-plugin-api';
import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { toError } from '@backstage/errors';
import {
  CatalogProcessor,
  CatalogProcessorEmit,
  processingResult,
} from '@backstage/plugin-catalog-node';
import {
  formatServiceRef,
  names,
  readStamp,
  serviceRefOf,
  Stamp,
  STAMP_PATH,
} from '@meshway/plugin-meshed-service-common';
import type { Registry } from '@meshway/plugin-meshed-service-node';
import { describeOther, describeService } from './describeService';
import { KnownServices } from './KnownServices';
import { relateService } from './relateService';
import { refreshKeyOf } from './ServiceEntityProvider';
import { Source, Sources } from './Sources';

type Location = { type: string; target: string };

/** Tells the catalog what the stamp beside an entity's file says. */
export class StampProcessor implements CatalogProcessor {
  constructor(
    private readonly sources: Sources,
    private readonly reader: Pick<UrlReaderService, 'readUrl'>,
    private readonly registry: Pick<Registry, 'readClaim'>,
    private readonly known: Pick<KnownServices, 'list'>,
  ) {}

  getProcessorName(): string {
    return 'meshed-service-stamp';
  }

  async preProcessEntity(
    entity: Entity,
    location: Location,
    emit: CatalogProcessorEmit,
  ): Promise<Entity> {
    const source = this.sources.sourceAt(location);
    if (!source || entity.kind === 'Location') return entity;
    emit(processingResult.refresh(refreshKeyOf(location.target)));
    let stamp: Stamp | undefined;
    try {
      stamp = await this.stampAt(source);
    } catch (error) {
      emit(processingResult.generalError(location, toError(error).message));
      return describeOther(entity);
    }
    if (!stamp || stringifyEntityRef(entity) !== names.entityRef(stamp.spec)) {
      return describeOther(entity);
    }
    for (const relation of relateService(stamp.spec, await this.known.list())) {
      emit(processingResult.relation(relation));
    }
    return describeService(entity, stamp, source);
  }

  /** @throws when the stamp cannot be read, or speaks for a service whose name is claimed by another repository. */
  private async stampAt(source: Source): Promise<Stamp | undefined> {
    const address = source.file(STAMP_PATH);
    const text = await this.read(address);
    if (text === undefined) return undefined;
    const stamp = readStamp(text, address);
    const service = serviceRefOf(stamp.spec);
    const claim = await this.registry.readClaim(service);
    if (claim?.repository === source.repository) return stamp;
    throw new Error(
      `${address}: this repository does not hold the name ${formatServiceRef(
        service,
      )}; ${
        claim
          ? `repository ${claim.repository} of ${claim.owner} does`
          : 'nobody does'
      }`,
    );
  }

  private async read(address: string): Promise<string | undefined> {
    try {
      const response = await this.reader.readUrl(address);
      return (await response.buffer()).toString('utf8');
    } catch (error) {
      if (toError(error).name === 'NotFoundError') return undefined;
      throw error;
    }
  }
}
