import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { policyExtensionPoint } from '@backstage/plugin-permission-node/alpha';
import { readMeshedServiceConfig } from '@meshway/plugin-meshed-service-node';
import { MeshedServicePolicy } from './MeshedServicePolicy';

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
        const { platformGroup } = readMeshedServiceConfig(config).governance;
        policy.setPolicy(
          MeshedServicePolicy.create({ userInfo, platformGroup }),
        );
      },
    });
  },
});
