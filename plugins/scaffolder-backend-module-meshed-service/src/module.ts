import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import { scaffolderActionsExtensionPoint } from '@backstage/plugin-scaffolder-node';
import {
  MeshedServiceBackendOverHttp,
  meshedServicePublishingServiceRef,
} from '@meshway/plugin-meshed-service-node';
import { createMeshedServiceActions } from './actions';

/**
 * Adds the actions `meshedService:*` to the scaffolder.
 *
 * @public
 */
export const scaffolderModuleMeshedService = createBackendModule({
  pluginId: 'scaffolder',
  moduleId: 'meshed-service',
  register({ registerInit }) {
    registerInit({
      deps: {
        actions: scaffolderActionsExtensionPoint,
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        discovery: coreServices.discovery,
        events: eventsServiceRef,
        permissions: coreServices.permissions,
        publishing: meshedServicePublishingServiceRef,
      },
      async init({ actions, discovery, ...services }) {
        const { auth } = services;
        const backend = new MeshedServiceBackendOverHttp({ auth, discovery });
        actions.addActions(
          ...createMeshedServiceActions({ ...services, backend }),
        );
      },
    });
  },
});
