import { ResponseError } from '@backstage/errors';
import type { DiscoveryApi, FetchApi } from '@backstage/frontend-plugin-api';
import {
  apiRoutes,
  clustersResponseSchema,
  markedStatusSchema,
  planResponseSchema,
  repositoryTreeSchema,
  retirementPlanSchema,
  servicesResponseSchema,
  type ClustersResponse,
  type ExportQueryInput,
  type MarkedStatus,
  type PlanResponse,
  type RepositoryTree,
  type RetirementPlan,
  type ServiceRef,
  type ServicesQueryInput,
  type ServicesResponse,
} from '@meshway/plugin-meshed-service-common';
import { Editions } from './Editions';
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
  private readonly statuses = new Editions<MarkedStatus>(Date.now);
  private readonly fleets = new Editions<ServicesResponse>(Date.now);
  private readonly clusters = new Editions<ClustersResponse>(Date.now);

  constructor(options: { discoveryApi: DiscoveryApi; fetchApi: FetchApi }) {
    this.discovery = options.discoveryApi;
    this.http = options.fetchApi;
  }

  async readStatus(
    service: ServiceRef,
    options?: ReadOptions,
  ): Promise<MarkedStatus> {
    return this.askForEdition(
      this.statuses,
      markedStatusSchema,
      apiRoutes.status(service),
      options,
    );
  }

  async readFleet(
    query: ServicesQueryInput,
    options?: ReadOptions,
  ): Promise<ServicesResponse> {
    return this.askForEdition(
      this.fleets,
      servicesResponseSchema,
      withQuery(apiRoutes.services(), query),
      options,
    );
  }

  async exportFleet(
    query: ExportQueryInput,
    options?: ReadOptions,
  ): Promise<Blob> {
    const response = await this.send(
      withQuery(apiRoutes.servicesExport(), query),
      options,
    );
    if (!response.ok) throw await ResponseError.fromResponse(response);
    return response.blob();
  }

  async readClusters(options?: ReadOptions): Promise<ClustersResponse> {
    return this.askForEdition(
      this.clusters,
      clustersResponseSchema,
      apiRoutes.clusters(),
      options,
    );
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
    const response = await this.send(route, request);
    if (!response.ok) throw await ResponseError.fromResponse(response);
    return understood(schema, route, await response.json());
  }

  /** Asks only for what is not held already: the backend decides anew whether it may be seen, but need not send it. */
  private async askForEdition<T>(
    editions: Editions<T>,
    schema: Schema<T>,
    route: string,
    options?: ReadOptions,
  ): Promise<T> {
    const held = editions.of(route);
    const response = await this.send(route, {
      ...options,
      // The browser would take an answer of its own for the same edition, with instants of long ago.
      cache: 'no-store',
      ...(held ? { headers: { 'If-None-Match': held.tag } } : {}),
    });
    if (held && response.status === 304) return held.value;
    if (!response.ok) throw await ResponseError.fromResponse(response);
    const value = understood(schema, route, await response.json());
    editions.keep(route, response.headers.get('ETag'), value);
    return value;
  }

  private async send(route: string, request?: RequestInit): Promise<Response> {
    const base = await this.discovery.getBaseUrl('meshed-service');
    return this.http.fetch(`${base}${route}`, request);
  }
}

function understood<T>(schema: Schema<T>, route: string, answer: unknown): T {
  const parsed = schema.safeParse(answer);
  if (parsed.success) return parsed.data;
  const fields = parsed.error.issues.map(issue => issue.path.join('.'));
  throw new Error(
    `The backend answered ${route} in a way that this page does not understand (${fields.join(
      ', ',
    )}). Is it of the same version?`,
  );
}

function withQuery(route: string, query: object): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== '')
      parameters.set(name, String(value));
  }
  const text = parameters.toString();
  return text ? `${route}?${text}` : route;
}
