import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { signalsServiceRef } from '@backstage/plugin-signals-node';
import {
  meshedServicePublishingServiceRef,
  MeshStatuses,
  systemsFromConfig,
  trafficFromConfig,
} from '@meshway/plugin-meshed-service-node';
import {
  meshedServiceResourceRef,
  registerPermissions,
  ServiceAccess,
} from './access';
import { opaqueKeys, StatusAnnouncements } from './announcements';
import { DeclaredServices } from './declared';
import { guardrailPackOf } from './plans';
import { provisioningOn, RecordedServices } from './provisioning';
import { RepositoryTrees } from './repositories';
import { createRouter } from './router';
import { ServiceStatuses, SourceOverview, StatusEditions } from './statuses';

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
        catalog: catalogServiceRef,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
        permissions: coreServices.permissions,
        permissionsRegistry: coreServices.permissionsRegistry,
        signals: signalsServiceRef,
      },
      async init({
        publishing,
        httpRouter,
        lifecycle,
        logger,
        signals,
        ...core
      }) {
        const { config, forge, registry } = publishing;
        registerPermissions(core.permissionsRegistry, registry);

        const traffic = trafficFromConfig(config);
        const observed = MeshStatuses.create({ ...config, traffic });
        lifecycle.addStartupHook(() => observed.start());
        lifecycle.addShutdownHook(() => observed.stop());
        const declared = new DeclaredServices(
          forge,
          registry.repository,
          logger,
        );
        const editions = new StatusEditions(declared, observed, {
          keyOf: opaqueKeys(),
          logger,
        });
        const announcements = new StatusAnnouncements(signals, {
          onProblem: problem => logger.warn(problem),
        });
        editions.subscribe(({ edition }) => {
          if (edition) announcements.announce(edition.mark);
        });
        for (const part of [declared, editions]) part.start();
        for (const part of [announcements, editions, declared])
          lifecycle.addShutdownHook(() => part.stop());

        const access = new ServiceAccess(
          core.permissions,
          core.permissionsRegistry.getPermissionRuleset(
            meshedServiceResourceRef,
          ),
          config.governance.platformGroup,
          { milliseconds: config.statuses.permissionSeconds * 1_000 },
        );
        const systems = systemsFromConfig(config, {
          onWarning: (warning, attempted) =>
            logger.warn(`${attempted}: ${warning}`),
        });
        lifecycle.addShutdownHook(() => systems.close());
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
          statuses: new ServiceStatuses(declared, observed, editions),
          sources: new SourceOverview(observed, [declared]),
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
