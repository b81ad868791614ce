import { createServiceFactory } from '@backstage/backend-plugin-api';
import { urlReaderFactoriesServiceRef } from '@backstage/backend-defaults/urlReader';
import { meshedServicePublishingServiceRef } from '@meshway/plugin-meshed-service-node';
import { ForgeUrlReader } from './ForgeUrlReader';

/**
 * Lets every plugin read addresses of the local forge.
 *
 * @public
 */
export const forgeUrlReaderServiceFactory = createServiceFactory({
  service: urlReaderFactoriesServiceRef,
  deps: { publishing: meshedServicePublishingServiceRef },
  factory({ publishing: { config, forge } }) {
    return ({ treeResponseFactory }) => {
      if (config.forge.kind !== 'local') return [];
      const reader = new ForgeUrlReader(
        config.appBaseUrl,
        forge,
        treeResponseFactory,
      );
      return [{ reader, predicate: url => reader.reads(url.toString()) }];
    };
  },
});
