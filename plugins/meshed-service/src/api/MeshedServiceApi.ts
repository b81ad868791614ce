import { createApiRef } from '@backstage/frontend-plugin-api';
import type {
  ClustersResponse,
  ExportQueryInput,
  MarkedStatus,
  PlanResponse,
  RepositoryTree,
  RetirementPlan,
  ServiceRef,
  ServicesQueryInput,
  ServicesResponse,
} from '@meshway/plugin-meshed-service-common';

/**
 * Ends a read that nobody waits for any more.
 * @public
 */
export type ReadOptions = { signal?: AbortSignal };

/**
 * What the browser may ask of the backend plugin. Every method rejects with a `ResponseError` when the backend refuses.
 * @public
 */
export interface MeshedServiceApi {
  /** What is known about the mTLS of a service. */
  readStatus(service: ServiceRef, options?: ReadOptions): Promise<MarkedStatus>;
  /** The part of the fleet that is asked for, of what the visitor may see. */
  readFleet(
    query: ServicesQueryInput,
    options?: ReadOptions,
  ): Promise<ServicesResponse>;
  /** The fleet as a file, as it is asked for. */
  exportFleet(query: ExportQueryInput, options?: ReadOptions): Promise<Blob>;
  /** Every cluster, and how fresh and how whole what is known of it is. */
  readClusters(options?: ReadOptions): Promise<ClustersResponse>;
  /** What a request would do, without doing it. */
  plan(spec: unknown, options?: ReadOptions): Promise<PlanResponse>;
  /** What retiring a service would delete and what it would leave, without doing it. */
  planRetirement(
    service: ServiceRef,
    options?: ReadOptions,
  ): Promise<RetirementPlan>;
  /**
   * A folder or a file of a repository of the portal's own forge.
   * @param path - the root of the branch when absent.
   */
  readRepository(
    place: { repository: string; branch: string; path?: string },
    options?: ReadOptions,
  ): Promise<RepositoryTree>;
}

/**
 * Lets an app replace how the backend is reached.
 * @public
 */
export const meshedServiceApiRef = createApiRef<MeshedServiceApi>({
  id: 'plugin.meshed-service.service',
});
