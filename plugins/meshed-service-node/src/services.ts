import {
  coreServices,
  createServiceFactory,
  createServiceRef,
} from '@backstage/backend-plugin-api';
import { readMeshedServiceConfig } from './config';
import { forgeFromConfig } from './forge';
import { DefaultPublishing, type MeshedServicePublishing } from './publishing';

/**
 * The ask flow, made from configuration: each plugin that asks for it gets its own.
 *
 * @public
 */
export const meshedServicePublishingServiceRef =
  createServiceRef<MeshedServicePublishing>({
    id: 'meshed-service.publishing',
    scope: 'plugin',
    defaultFactory: async service =>
      createServiceFactory({
        service,
        deps: { config: coreServices.rootConfig },
        factory({ config }) {
          const settings = readMeshedServiceConfig(config);
          return new DefaultPublishing(
            settings,
            forgeFromConfig(settings, config),
          );
        },
      }),
  });

/**
 * Topic of Backstage's events service: a service was published or changed. The payload is `{ service, repository }`.
 * Sent by whoever wrote, so that the catalog need not wait for its next look.
 *
 * @public
 */
export const SERVICE_PUBLISHED_TOPIC = 'meshed-service.published';
