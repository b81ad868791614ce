import { ResponseError } from '@backstage/errors';
import type { DiscoveryApi, FetchApi } from '@backstage/frontend-plugin-api';
import {
  apiRoutes,
  meshStatusSchema,
  planResponseSchema,
  repositoryTreeSchema,
  retirementPlanSchema,
  type MeshStatus,
  type PlanResponse,
  type RepositoryTree,
  type RetirementPlan,
  type ServiceRef,
} from '@meshway/plugin-meshed-service-common';
import type { MeshedServiceApi, ReadOptions } from './MeshedServiceApi';

/** How a wire schema is used here: it takes what came and returns a value, or says which field is wrong. */
type Schema<T> = {
  safeParse(input: unknown):
    | { success: true; data: T }
    | {
        success: false;
        error: { issues: Array<{ path: Array<string | number> }> };
      };
};

/**
 * Asks the backend plugin over HTTP, as the signed-in user.
 * @public
 */
export class MeshedServiceClient implements MeshedServiceApi {
  private readonly discovery: DiscoveryApi;
  private readonly http: FetchApi;

  constructor(options: { discoveryApi: DiscoveryApi; fetchApi: FetchApi }) {
    this.discovery = options.discoveryApi;
    this.http = options.fetchApi;
  }

  async readStatus(
    service: ServiceRef,
    options?: ReadOptions,
  ): Promise<MeshStatus> {
    return this.ask(meshStatusSchema, apiRoutes.status(service), options);
  }

  async plan(spec: unknown, options?: ReadOptions): Promise<PlanResponse> {
    return this.ask(planResponseSchema, apiRoutes.plan(), {
      ...options,
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ spec }),
    });
  }

  async planRetirement(
    service: ServiceRef,
    options?: ReadOptions,
  ): Promise<RetirementPlan> {
    return this.ask(
      retirementPlanSchema,
      apiRoutes.retirement(service),
      options,
    );
  }

  async readRepository(
    place: { repository: string; branch: string; path?: string },
    options?: ReadOptions,
  ): Promise<RepositoryTree> {
    const { repository, branch, path } = place;
    return this.ask(
      repositoryTreeSchema,
      apiRoutes.tree(repository, branch, path),
      options,
    );
  }

  private async ask<T>(
    schema: Schema<T>,
    route: string,
    request?: RequestInit,
  ): Promise<T> {
    const base = await this.discovery.getBaseUrl('meshed-service');
    const response = await this.http.fetch(`${base}${route}`, request);
    if (!response.ok) throw await ResponseError.fromResponse(response);
    const parsed = schema.safeParse(await response.json());
    if (!parsed.success) {
      const fields = parsed.error.issues.map(issue => issue.path.join('.'));
      throw new Error(
        `The backend answered ${route} in a way that this page does not understand (${fields.join(
          ', ',
        )}). Is it of the same version?`,
      );
    }
    return parsed.data;
  }
}
