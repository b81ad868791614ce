import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { metricsServiceRef } from '@backstage/backend-plugin-api/alpha';
import { toError } from '@backstage/errors';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import { notificationService } from '@backstage/plugin-notifications-node';
import { signalsServiceRef } from '@backstage/plugin-signals-node';
import {
  meshedServicePublishingServiceRef,
  MeshStatuses,
  systemsFromConfig,
  trafficFromConfig,
  VaultRoles,
} from '@meshway/plugin-meshed-service-node';
import {
  meshedServiceResourceRef,
  registerPermissions,
  ServiceAccess,
} from './access';
import { followServices } from './followServices';
import { guardrailPackOf } from './plans';
import { provisioningOn, RecordedServices } from './provisioning';
import { RepositoryTrees } from './repositories';
import { createRouter } from './router';

/**
 * The HTTP API below `/api/meshed-service`, and the permissions of services.
 *
 * @public
 */
export const meshedServicePlugin = createBackendPlugin({
  pluginId: 'meshed-service',
  register({ registerInit }) {
    registerInit({
      deps: {
        publishing: meshedServicePublishingServiceRef,
        auditor: coreServices.auditor,
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        events: eventsServiceRef,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
        metrics: metricsServiceRef,
        notifications: notificationService,
        permissions: coreServices.permissions,
        permissionsRegistry: coreServices.permissionsRegistry,
        signals: signalsServiceRef,
      },
      async init({ publishing, httpRouter, lifecycle, logger, ...core }) {
        const { config, forge, registry } = publishing;
        registerPermissions(core.permissionsRegistry, registry);

        const traffic = trafficFromConfig(config);
        const systems = systemsFromConfig(config, {
          onWarning: (warning, attempted) =>
            logger.warn(`${attempted}: ${warning}`),
        });
        lifecycle.addShutdownHook(() => systems.close());
        const { vault } = systems;
        const mount = config.platform.vault.authMount;
        const observed = MeshStatuses.create({
          ...config,
          traffic,
          vaultRoles: vault && new VaultRoles({ vault, mount }),
        });
        const followed = await followServices(observed, {
          ...core,
          publishing,
          lifecycle,
          logger,
        });
        const access = new ServiceAccess(
          core.permissions,
          core.permissionsRegistry.getPermissionRuleset(
            meshedServiceResourceRef,
          ),
          config.governance.platformGroup,
          { milliseconds: config.statuses.permissionSeconds * 1_000 },
        );
        const provisioning = provisioningOn(publishing, systems, {
          statuses: observed,
          traffic,
        });
        const router = createRouter({
          ...core,
          logger,
          provisioning,
          recorded: new RecordedServices(provisioning, registry, forge),
          access,
          ...followed,
          publishing,
          repositories: new RepositoryTrees(forge, registry),
        });
        httpRouter.use(router);
        httpRouter.addAuthPolicy({
          path: '/v1/openapi.json',
          allow: 'unauthenticated',
        });

        // Reads go on without the pack, so it does not keep the portal from starting.
        await guardrailPackOf(publishing).catch(error =>
          logger.error(toError(error).message),
        );
      },
    });
  },
});
