import type { ServiceRef } from '../model';

const segment = encodeURIComponent;
const segments = (path: string) => path.split('/').map(segment).join('/');

/** Paths of the HTTP API, below `/api/meshed-service`. @public */
export const apiRoutes = {
  status: ({ cluster, namespace, name }: ServiceRef) =>
    `/v1/services/${segment(cluster)}/${segment(namespace)}/${segment(
      name,
    )}/status`,
  statuses: () => '/v1/services/status',
  services: () => '/v1/services',
  clusters: () => '/v1/clusters',
  guardrails: () => '/v1/guardrails',
  plan: () => '/v1/plan',
  /** @param path - a folder or file; the whole branch when absent. */
  tree: (repository: string, branch: string, path?: string) =>
    `/v1/repositories/${segment(repository)}/tree/${segment(branch)}${
      path ? `/${segments(path)}` : ''
    }`,
} as const;
