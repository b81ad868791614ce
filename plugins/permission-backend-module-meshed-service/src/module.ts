import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { policyExtensionPoint } from '@backstage/plugin-permission-node/alpha';
import { MeshedServicePolicy } from './MeshedServicePolicy';
import { readPlatformGroup } from './readPlatformGroup';

/**
 * Sets the portal's permission policy.
 *
 * @public
 */
export const permissionModuleMeshedService = createBackendModule({
  pluginId: 'permission',
  moduleId: 'meshed-service',
  register({ registerInit }) {
    registerInit({
      deps: {
        policy: policyExtensionPoint,
        config: coreServices.rootConfig,
        userInfo: coreServices.userInfo,
      },
      async init({ policy, config, userInfo }) {
        const platformGroup = readPlatformGroup(config);
        policy.setPolicy(
          MeshedServicePolicy.create({ userInfo, platformGroup }),
        );
      },
    });
  },
});
