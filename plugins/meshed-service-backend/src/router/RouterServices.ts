import type {
  AuditorService,
  HttpAuthService,
} from '@backstage/backend-plugin-api';
import type { ClusterSummary } from '@meshway/plugin-meshed-service-common';
import type { MeshedServicePublishing } from '@meshway/plugin-meshed-service-node';
import type { ServiceAccess } from '../access';
import type { RepositoryTrees } from '../repositories';
import type { ServiceStatuses } from '../statuses';

/** What the routes call. */
export type RouterServices = {
  httpAuth: HttpAuthService;
  auditor: AuditorService;
  access: ServiceAccess;
  statuses: ServiceStatuses;
  clusters: { list(): Promise<ClusterSummary[]> };
  publishing: Pick<MeshedServicePublishing, 'config' | 'guardrails' | 'plan'>;
  repositories: RepositoryTrees;
};
