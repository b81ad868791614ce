import {
  formatServiceRef,
  isKnownAbsent,
  MeshStatus,
  ServiceRef,
} from '@meshway/plugin-meshed-service-common';
import type { AnnotatedServices } from '../catalog';
import type { DeclaredService, DeclaredServices } from '../declared';
import type { ObservedServices } from './ObservedServices';

/** The status of a service, and what is known of it beside that. */
export type ReadStatus = {
  status: MeshStatus;
  declared?: DeclaredService;
  /** Of the entity in the catalog that stands for it. */
  entityRef?: string;
  /** Somebody has asked for it, or something of it is seen: it is no name that was only tried out. */
  isThere: boolean;
};

/** Joins what was asked for with what is seen. */
export class StatusReader {
  constructor(
    private readonly declared: Pick<
      DeclaredServices,
      'known' | 'isFree' | 'source'
    >,
    private readonly observed: Pick<ObservedServices, 'read' | 'knows'>,
    private readonly annotated: Pick<AnnotatedServices, 'find'>,
  ) {}

  /** @returns undefined when nobody has asked for the service and it is certain that nothing of it is there. */
  async read(service: ServiceRef): Promise<ReadStatus | undefined> {
    const name = formatServiceRef(service);
    const declared = this.declared.known(name);
    const annotated = this.annotated.find(name);
    const seen = await this.observed.read(
      service,
      declared?.stamp?.spec,
      annotated?.selection,
    );
    if (!declared && (await this.isAbsent(service, seen))) return undefined;
    return {
      status: this.withRegistry(declared ? { ...seen, declared: true } : seen),
      isThere: declared !== undefined || seen.observed,
      ...(declared ? { declared } : {}),
      ...(annotated ? { entityRef: annotated.entityRef } : {}),
    };
  }

  /** An owner that was read a while ago may no longer be the owner. */
  private withRegistry(status: MeshStatus): MeshStatus {
    const { source } = this.declared;
    return source.freshness === 'current'
      ? status
      : { ...status, sources: [...status.sources, source] };
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
