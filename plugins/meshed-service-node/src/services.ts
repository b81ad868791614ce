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
