import { createBackendFeatureLoader } from '@backstage/backend-plugin-api';
import { catalogModuleMeshedService } from './module';
import { forgeUrlReaderServiceFactory } from './reader';

/**
 * Both features of this package: the module of the catalog, and the UrlReader that every plugin gets.
 *
 * @public
 */
export const meshedServiceCatalogFeatures = createBackendFeatureLoader({
  *loader() {
    yield catalogModuleMeshedService;
    yield forgeUrlReaderServiceFactory;
  },
});
