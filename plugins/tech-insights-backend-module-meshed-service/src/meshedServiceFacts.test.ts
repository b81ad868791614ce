import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import {
  createMockDirectory,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import {
  FactRetriever,
  TechInsightFact,
  techInsightsFactRetrieversExtensionPoint,
} from '@backstage-community/plugin-tech-insights-node';
import meshedServicePlugin from '@meshway/plugin-meshed-service-backend';
import { aPod, aServer } from '@meshway/plugin-meshed-service-common/testUtils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import techInsightsModule from '.';
import { factsOf } from './factsOf';
import { schema } from './schema';

describe('facts for Tech Insights', () => {
  const folder = createMockDirectory();

  /** Runs the retriever as Tech Insights does, beside the real backend plugin. */
  async function retrieved(): Promise<TechInsightFact[]> {
    const facts: TechInsightFact[] = [];
    const techInsights = createBackendPlugin({
      pluginId: 'tech-insights',
      register(env) {
        const registered: FactRetriever[] = [];
        env.registerExtensionPoint(techInsightsFactRetrieversExtensionPoint, {
          addFactRetrievers: retrievers =>
            registered.push(...Object.values(retrievers)),
        });
        env.registerInit({
          deps: {
            auth: coreServices.auth,
            discovery: coreServices.discovery,
            lifecycle: coreServices.rootLifecycle,
            logger: coreServices.logger,
            urlReader: coreServices.urlReader,
          },
          async init({ lifecycle, ...context }) {
            lifecycle.addStartupHook(async () => {
              for (const { handler } of registered)
                facts.push(
                  ...(await handler({
                    ...context,
                    config: new ConfigReader({}),
                  })),
                );
            });
          },
        });
      },
    });
    await startTestBackend({
      features: [
        meshedServicePlugin,
        techInsights,
        techInsightsModule,
        catalogServiceMock.factory({
          entities: [
            {
              apiVersion: 'backstage.io/v1alpha1',
              kind: 'Component',
              metadata: {
                name: 'storefront',
                annotations: { 'meshway.dev/service': 'local/shop/web' },
              },
            },
          ],
        }),
        mockServices.rootConfig.factory({
          data: {
            app: { baseUrl: 'http://localhost:3000' },
            meshedService: {
              clusters: [{ name: 'local', snapshot: folder.resolve('seen') }],
              forge: { local: { path: folder.resolve('repositories') } },
            },
          },
        }),
      ],
    });
    return facts;
  }

  it('say where each service of the catalog stands', async () => {
    folder.setContent({
      'seen/pod.json': JSON.stringify(aPod()),
      'seen/server.json': JSON.stringify(aServer()),
    });
    const [{ entity, facts }, ...others] = await retrieved();
    expect([entity, others]).toEqual([
      { kind: 'component', namespace: 'default', name: 'storefront' },
      [],
    ]);
    expect(facts).toMatchObject({
      verdict: 'enforced',
      rung: 5,
      isKnown: true,
      isMeshed: true,
      isEnforced: true,
      isObserved: true,
    });
    expect(Object.keys(facts).sort()).toEqual(Object.keys(schema).sort());
  });

  it('claim nothing of what is unknown, and are none without an entity', () => {
    const unknown = {
      service: { cluster: 'local', namespace: 'shop', name: 'web' },
      declared: true,
      observed: true,
      verdict: {
        kind: 'unknown',
        because: 'Pods have not been seen lately',
        atMost: 'enforced',
      },
      state: 'unknown',
      summary: 'Unknown.',
    } as const;
    expect(factsOf(unknown)).toEqual([]);
    const [{ facts }] = factsOf({
      ...unknown,
      entityRef: 'component:default/web',
    });
    expect(facts).toMatchObject({
      verdict: 'unknown',
      rung: -1,
      isKnown: false,
      isMeshed: false,
      isEnforced: false,
      isOk: false,
    });
  });
});
