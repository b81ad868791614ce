import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import {
  catalogProcessingExtensionPoint,
  catalogServiceRef,
} from '@backstage/plugin-catalog-node';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import {
  ClaimsReader,
  meshedServicePublishingServiceRef,
  SERVICE_PUBLISHED_TOPIC,
} from '@meshway/plugin-meshed-service-node';
import {
  AwaitedEntities,
  KnownServices,
  LocatedServices,
  looksAtOnce,
  ServiceEntityProvider,
  Sources,
  StampProcessor,
} from './entities';

/** How often the forge is looked at. A published service does not wait for it; a commit by hand does. */
const schedules = {
  local: {
    frequency: { seconds: 5 },
    timeout: { minutes: 1 },
    scope: 'local',
  },
  github: {
    frequency: { minutes: 5 },
    timeout: { minutes: 5 },
    scope: 'global',
  },
} as const;

/**
 * Entities of meshed services, from claims and stamps.
 *
 * @public
 */
export const catalogModuleMeshedService = createBackendModule({
  pluginId: 'catalog',
  moduleId: 'meshed-service',
  register({ registerInit }) {
    registerInit({
      deps: {
        catalog: catalogProcessingExtensionPoint,
        catalogService: catalogServiceRef,
        publishing: meshedServicePublishingServiceRef,
        auth: coreServices.auth,
        events: eventsServiceRef,
        logger: coreServices.logger,
        reader: coreServices.urlReader,
        scheduler: coreServices.scheduler,
      },
      async init({ catalog, publishing, logger, reader, ...services }) {
        const { config, forge, registry } = publishing;
        const sources = new Sources(forge, config);
        const provider = new ServiceEntityProvider(
          new LocatedServices(
            new ClaimsReader(forge, registry.repository),
            forge,
            sources,
            logger,
            looksAtOnce[forge.kind],
          ),
          new AwaitedEntities(services.catalogService, services.auth, logger),
          logger,
        );
        const known = new KnownServices(
          services.catalogService,
          services.auth,
          logger,
        );
        catalog.addEntityProvider(provider);
        catalog.addProcessor(
          new StampProcessor(sources, reader, registry, known),
        );
        await services.events.subscribe({
          id: 'catalog-meshed-service',
          topics: [SERVICE_PUBLISHED_TOPIC],
          onEvent: async ({ eventPayload }) => {
            const { repository } = Object(eventPayload);
            await provider.refresh(
              typeof repository === 'string' ? repository : undefined,
            );
          },
        });
        await services.scheduler.scheduleTask({
          ...schedules[forge.kind],
          id: 'meshed-service-entities',
          fn: () => provider.refresh(),
        });
      },
    });
  },
});
