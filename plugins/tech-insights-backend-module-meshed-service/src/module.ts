import { createBackendModule } from '@backstage/backend-plugin-api';
import { techInsightsFactRetrieversExtensionPoint } from '@backstage-community/plugin-tech-insights-node';
import { meshedServiceFacts } from './meshedServiceFacts';

/**
 * Gives Tech Insights the facts of meshed services. The portal's configuration says how often they are read
 * (`techInsights.factRetrievers.meshedServiceFacts`).
 *
 * @public
 */
export const techInsightsModuleMeshedService = createBackendModule({
  pluginId: 'tech-insights',
  moduleId: 'meshed-service',
  register({ registerInit }) {
    registerInit({
      deps: { retrievers: techInsightsFactRetrieversExtensionPoint },
      async init({ retrievers }) {
        retrievers.addFactRetrievers({
          [meshedServiceFacts.id]: meshedServiceFacts,
        });
      },
    });
  },
});
