import { createBackendModule } from '@backstage/backend-plugin-api';

/** @public */
export const catalogModuleMeshedService = createBackendModule({
  pluginId: 'catalog',
  moduleId: 'meshed-service',
  register({ registerInit }) {
    registerInit({ deps: {}, async init() {} });
  },
});
