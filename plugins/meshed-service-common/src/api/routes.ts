import type { ServiceRef } from '../model';
import type { ProvisioningPart } from './provisioning';

const segment = encodeURIComponent;
const segments = (path: string) => path.split('/').map(segment).join('/');

const service = ({ cluster, namespace, name }: ServiceRef) =>
  `/v1/services/${segment(cluster)}/${segment(namespace)}/${segment(name)}`;

/** Paths of the HTTP API, below `/api/meshed-service`. @public */
export const apiRoutes = {
  /** PUT makes it what was asked for, DELETE retires it. */
  service,
  status: (ref: ServiceRef) => `${service(ref)}/status`,
  part: (ref: ServiceRef, part: ProvisioningPart) => `${service(ref)}/${part}`,
  phase: (ref: ServiceRef) => `${service(ref)}/phase`,
  verify: (ref: ServiceRef) => `${service(ref)}/verify`,
  retirement: (ref: ServiceRef) => `${service(ref)}/retirement`,
  statuses: () => '/v1/services/status',
  services: () => '/v1/services',
  /** The fleet as a file; query as of `services`, and `format`. */
  servicesExport: () => '/v1/services/export',
  clusters: () => '/v1/clusters',
  guardrails: () => '/v1/guardrails',
  plan: () => '/v1/plan',
  /** @param path - a folder or file; the whole branch when absent. */
  tree: (repository: string, branch: string, path?: string) =>
    `/v1/repositories/${segment(repository)}/tree/${segment(branch)}${
      path ? `/${segments(path)}` : ''
    }`,
} as const;
