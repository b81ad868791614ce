import { createServiceRef } from '@backstage/backend-plugin-api';
import type { MeshedServicePublishing } from './publishing';

/**
 * The ask flow, made from configuration: each plugin that asks for it gets its own.
 *
 * @public
 */
export const meshedServicePublishingServiceRef =
  createServiceRef<MeshedServicePublishing>({
    id: 'meshed-service.publishing',
    scope: 'plugin',
  });

/**
 * Topic of Backstage's events service: a service was published or changed. The payload is `{ service, repository }`.
 * Sent by whoever wrote, so that the catalog need not wait for its next look.
 *
 * @public
 */
export const SERVICE_PUBLISHED_TOPIC = 'meshed-service.published';
