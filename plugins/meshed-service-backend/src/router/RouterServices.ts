import type {
  AuditorService,
  HttpAuthService,
  LoggerService,
} from '@backstage/backend-plugin-api';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type {
  MeshedServiceProvisioning,
  MeshedServicePublishing,
} from '@meshway/plugin-meshed-service-node';
import type { ServiceAccess } from '../access';
import type { StatusMetrics } from '../metrics';
import type { RecordedServices } from '../provisioning';
import type { RepositoryTrees } from '../repositories';
import type { ServiceStatuses, SourceOverview } from '../statuses';

/** What the routes call. */
export type RouterServices = {
  httpAuth: HttpAuthService;
  auditor: AuditorService;
  catalog: Pick<CatalogService, 'getEntityByRef'>;
  logger: LoggerService;
  access: ServiceAccess;
  statuses: ServiceStatuses;
  sources: SourceOverview;
  metrics: Pick<StatusMetrics, 'countRead'>;
  publishing: Pick<MeshedServicePublishing, 'config' | 'guardrails' | 'plan'>;
  provisioning: MeshedServiceProvisioning;
  recorded: RecordedServices;
  repositories: RepositoryTrees;
};
