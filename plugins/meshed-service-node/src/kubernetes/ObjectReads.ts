import type { ObjectRef } from '@meshway/plugin-meshed-service-common';
import { sentence } from '../http';
import { collectionPath, objectPath, placeOf } from './address';
import { ClusterConnection } from './ClusterConnection';
import { Discovery } from './Discovery';
import { ClusterBusyError } from './errors';
import type { ObservedKubernetesObject, RequestOptions } from './Kubernetes';
import { statusFrom } from './KubernetesStatus';
import { observed } from './observed';

const PAGE = '500';
const RESTARTS = 3;

/** Reading single objects, and all of a kind page by page. */
export class ObjectReads {
  constructor(
    private readonly connection: ClusterConnection,
    private readonly discovery: Discovery,
  ) {}

  async read(
    ref: ObjectRef,
    options: RequestOptions,
  ): Promise<ObservedKubernetesObject | undefined> {
    const attempted = `reading ${placeOf(ref, this.connection.cluster)}`;
    const kind = await this.discovery.kindOf(ref, options);
    const answer = await this.connection.send({
      attempted,
      path: objectPath(kind, ref),
      expected: [404],
      signal: options.signal,
    });
    if (answer.status !== 404) return observed(answer.json, attempted);
    if (!statusFrom(answer.json)) throw this.discovery.forget(ref);
    return undefined;
  }

  async list(
    of: { apiVersion: string; kind: string },
    query: { namespace?: string; labelSelector?: string },
    options: RequestOptions,
  ): Promise<ObservedKubernetesObject[]> {
    const { cluster } = this.connection;
    const where = query.namespace ? ` in namespace ${query.namespace}` : '';
    const attempted = `listing ${of.kind}${where} of cluster ${cluster}`;
    const kind = await this.discovery.kindOf(of, options);
    const path = collectionPath(kind, query.namespace);
    for (let start = 0; start <= RESTARTS; start++) {
      const objects = await this.allPages(attempted, of, {
        path,
        labelSelector: query.labelSelector,
        signal: options.signal,
      });
      if (objects) return objects;
    }
    throw new ClusterBusyError(
      `${sentence(attempted)} The list changed faster than it could be read, ${
        RESTARTS + 1
      } times in a row. Repeat it later.`,
    );
  }

  /** @returns all objects, or undefined when the server has forgotten where the reading stood (410). */
  private async allPages(
    attempted: string,
    of: { apiVersion: string; kind: string },
    request: { path: string; labelSelector?: string; signal?: AbortSignal },
  ): Promise<ObservedKubernetesObject[] | undefined> {
    const objects: ObservedKubernetesObject[] = [];
    for (let next: string | undefined = ''; next !== undefined; ) {
      const { status, json } = await this.connection.send({
        attempted,
        path: request.path,
        query: {
          limit: PAGE,
          labelSelector: request.labelSelector,
          continue: next || undefined,
        },
        expected: [404, 410],
        signal: request.signal,
      });
      if (status === 410) return undefined;
      if (status === 404) throw this.discovery.forget(of);
      const { items, metadata } = Object(json);
      for (const item of Array.isArray(items) ? items : [])
        objects.push(observed(item, attempted, of));
      const token: unknown = Object(metadata).continue;
      next = typeof token === 'string' && token !== '' ? token : undefined;
    }
    return objects;
  }
}
