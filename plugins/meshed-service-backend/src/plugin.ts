import { createBackendPlugin } from '@backstage/backend-plugin-api';

/** @public */
export const meshedServicePlugin = createBackendPlugin({
  pluginId: 'meshed-service',
  register({ registerInit }) {
    registerInit({ deps: {}, async init() {} });
  },
});
