import type {
  AuthService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { EventsService } from '@backstage/plugin-events-node';
import type { ActionContext } from '@backstage/plugin-scaffolder-node';
import type { JsonObject } from '@backstage/types';
import type {
  MeshedServiceBackend,
  MeshedServicePublishing,
} from '@meshway/plugin-meshed-service-node';

/** What the actions are made from. */
export type StepServices = {
  auth: Pick<AuthService, 'isPrincipal'>;
  /** Writes clusters, Vault and Argo CD, whose credentials no action ever sees. */
  backend: MeshedServiceBackend;
  catalog: Pick<CatalogService, 'getEntityByRef'>;
  events: Pick<EventsService, 'publish'>;
  permissions: Pick<PermissionsService, 'authorize'>;
  publishing: MeshedServicePublishing;
};

/** The parts of an action's context that do not depend on its schema. */
export type StepContext = Pick<
  ActionContext<JsonObject>,
  | 'checkpoint'
  | 'getInitiatorCredentials'
  | 'isDryRun'
  | 'logger'
  | 'signal'
  | 'task'
  | 'templateInfo'
>;
