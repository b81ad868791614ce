import {
  createBackendModule,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import catalogPlugin from '@backstage/plugin-catalog-backend';
import {
  catalogProcessingExtensionPoint,
  EntityProvider,
} from '@backstage/plugin-catalog-node';
import {
  DefaultEventsService,
  eventsServiceRef,
} from '@backstage/plugin-events-node';
import { SERVICE_PUBLISHED_TOPIC } from '@meshway/plugin-meshed-service-node';
import { aMeshedServiceSpec } from '@meshway/plugin-meshed-service-common/testUtils';
import { setTimeout as sleep } from 'node:timers/promises';
import request from 'supertest';
import { aForge, APP, catalogFile, stampFile } from './__testUtils__/aForge';
import meshedServiceFeatures from './index';

jest.setTimeout(180_000);

const cart = aMeshedServiceSpec({
  name: 'cart',
  owner: 'shop',
  system: 'otel-demo',
  clients: [{ namespace: 'checkout', serviceAccount: 'checkout' }],
  calls: [{ entityRef: 'resource:default/valkey' }],
  secrets: { delivery: 'vso', paths: ['database'] },
});

/** Two services that somebody described by hand. */
const describedByHand: Entity[] = ['checkout', 'frontend'].map(name => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: {
    name,
    annotations: {
      'backstage.io/managed-by-location': 'test:by-hand',
      'backstage.io/managed-by-origin-location': 'test:by-hand',
      'meshway.dev/service': `local/${name}/${name}`,
    },
  },
  spec: { type: 'service', lifecycle: 'production', owner: 'shop' },
}));

const byHand = createBackendModule({
  pluginId: 'catalog',
  moduleId: 'by-hand',
  register({ registerInit }) {
    registerInit({
      deps: { catalog: catalogProcessingExtensionPoint },
      async init({ catalog }) {
        const provider: EntityProvider = {
          getProviderName: () => 'by-hand',
          connect: connection =>
            connection.applyMutation({
              type: 'full',
              entities: describedByHand.map(entity => ({ entity })),
            }),
        };
        catalog.addEntityProvider(provider);
      },
    });
  },
});

describe('a catalog beside a local forge', () => {
  const forge = aForge();
  const events = DefaultEventsService.create({
    logger: mockServices.logger.mock(),
  });
  let server: Parameters<typeof request>[0];

  beforeAll(async () => {
    ({ server } = await startTestBackend({
      features: [
        catalogPlugin,
        meshedServiceFeatures,
        byHand,
        forge.service,
        createServiceFactory({
          service: eventsServiceRef,
          deps: {},
          factory: () => events,
        }),
        mockServices.rootConfig.factory({
          data: {
            app: { baseUrl: APP },
            catalog: {
              processingInterval: { seconds: 2 },
              orphanStrategy: 'delete',
            },
          },
        }),
      ],
    }));
  });

  const readEntity = async (ref: string): Promise<Entity | undefined> => {
    const response = await request(server).get(
      `/api/catalog/entities/by-name/${ref.replace(':', '/')}`,
    );
    return response.status === 200 ? response.body : undefined;
  };

  /** Waits until something is true of an entity; a catalog takes its time. */
  const eventually = async (
    ref: string,
    isTrue: (entity: Entity | undefined) => boolean,
  ): Promise<Entity> => {
    for (let attempt = 0; attempt < 600; attempt += 1) {
      const entity = await readEntity(ref);
      if (isTrue(entity)) return entity!;
      await sleep(200);
    }
    throw new Error(
      `It did not come true of ${ref}: ${JSON.stringify(
        await readEntity(ref),
      )}`,
    );
  };

  const published = (service: string) =>
    events.publish({
      topic: SERVICE_PUBLISHED_TOPIC,
      eventPayload: { service, repository: service },
    });

  it('shows a published service without hand work: owner, system, annotations, links and relations', async () => {
    await eventually('component:default/checkout', Boolean);
    await forge.publish(cart, {
      'catalog-info.yaml': catalogFile(cart, {
        'backstage.io/techdocs-ref': 'dir:.',
        // By hand, and wrong: the stamp wins.
        'meshway.dev/service': 'local/payments/payments',
        'argocd/app-name': 'somebody-elses',
      }),
    });
    await published('cart');

    const entity = await eventually(
      'component:default/cart',
      seen => (seen?.relations?.length ?? 0) >= 4,
    );
    const { annotations, links } = entity.metadata;
    expect({ annotations, links, relations: relationsOf(entity) }).toEqual({
      annotations: {
        'backstage.io/kubernetes-id': 'cart',
        'backstage.io/kubernetes-namespace': 'cart',
        'backstage.io/kubernetes-cluster': 'local',
        'backstage.io/kubernetes-label-selector': 'app.kubernetes.io/name=cart',
        'argocd/app-name': 'cart.local',
        'vault.io/secrets-path': 'local/cart/cart',
        'backstage.io/template-version': '1.2.0',
        'backstage.io/source-template': 'template:default/meshed-service',
        'backstage.io/source-location': `url:${APP}/forge/cart/tree/main/`,
        'backstage.io/view-url': `${APP}/forge/cart/tree/main/catalog-info.yaml`,
        'backstage.io/managed-by-location': `url:${APP}/forge/cart/tree/main/catalog-info.yaml`,
        'backstage.io/managed-by-origin-location': `url:${APP}/forge/cart/tree/main/catalog-info.yaml`,
        'backstage.io/techdocs-ref': 'dir:.',
        'meshway.dev/service': 'local/cart/cart',
      },
      links: [{ url: `${APP}/forge/cart/tree/main`, title: 'Repository' }],
      relations: [
        'dependencyOf component:default/checkout',
        'dependsOn resource:default/valkey',
        'ownedBy group:default/shop',
        'partOf system:default/otel-demo',
      ],
    });
    await eventually('component:default/checkout', seen =>
      relationsOf(seen).includes('dependsOn component:default/cart'),
    );
  });

  it('sees a commit by hand', async () => {
    await forge.edit('cart', {
      'catalog-info.yaml': catalogFile(cart).replace(
        'lifecycle: production',
        'lifecycle: deprecated',
      ),
    });
    const entity = await eventually(
      'component:default/cart',
      seen => seen?.spec?.lifecycle === 'deprecated',
    );
    expect(entity.metadata.annotations).toMatchObject({
      'meshway.dev/service': 'local/cart/cart',
    });
  });

  it('keeps a service whose catalog file was broken, says what is wrong, and takes no other away', async () => {
    await forge.edit('cart', { 'catalog-info.yaml': 'kind: [Component\n' });
    const quote = aMeshedServiceSpec({
      name: 'quote',
      owner: 'shop',
      delivery: { revision: 'trunk' },
    });
    await forge.publish(quote);
    await published('quote');
    const { metadata } = await eventually('component:default/quote', Boolean);
    expect(metadata.annotations?.['backstage.io/source-location']).toBe(
      `url:${APP}/forge/quote/tree/trunk/`,
    );

    for (let attempt = 0; ; attempt += 1) {
      const { body } = await request(server).get(
        '/api/catalog/entities?filter=kind=location',
      );
      const problems = (
        body as Array<
          Entity & { status?: { items: Array<{ message: string }> } }
        >
      )
        .flatMap(({ status }) => status?.items ?? [])
        .map(({ message }) => message);
      if (problems.some(message => message.includes('YAML error'))) break;
      if (attempt > 600) throw new Error(`No error is shown: ${problems}`);
      await sleep(200);
    }
    expect(await readEntity('component:default/cart')).toBeDefined();
    await forge.edit('cart', { 'catalog-info.yaml': catalogFile(cart) });
    await eventually(
      'component:default/cart',
      seen => seen?.spec?.lifecycle === 'production',
    );
  });

  it('does not let a repository speak for a service that it does not hold', async () => {
    const impostor = aMeshedServiceSpec({
      name: 'impostor',
      owner: 'payments',
    });
    await forge.publish(impostor, {
      'catalog-info.yaml': [
        catalogFile(impostor),
        catalogFile(
          { ...impostor, name: 'helper' },
          {
            'meshway.dev/service': 'local/cart/cart',
          },
        ),
      ].join('---\n'),
    });
    await published('impostor');
    await eventually('component:default/impostor', Boolean);
    const helper = await eventually('component:default/helper', Boolean);
    expect(
      helper.metadata.annotations?.['meshway.dev/service'],
    ).toBeUndefined();

    const stolen = { ...impostor, namespace: 'cart', name: 'cart' };
    await forge.edit('impostor', {
      'meshed.service.yaml': stampFile(stolen),
    });
    const refused = await eventually(
      'component:default/impostor',
      seen => statusOf(seen).length > 0,
    );
    expect(statusOf(refused)).toEqual([
      expect.stringContaining(
        'this repository does not hold the name local/cart/cart; repository cart of group:default/shop does',
      ),
    ]);
  });

  it('waits for the repository of a name that is only claimed', async () => {
    await forge.claim(aMeshedServiceSpec({ name: 'claimed', owner: 'shop' }));
    await published('claimed');
    await sleep(1500);
    const { body } = await request(server).get(
      '/api/catalog/entities?filter=kind=location',
    );
    expect(
      (body as Entity[]).filter(({ spec }) =>
        String(spec?.target).includes('claimed'),
      ),
    ).toEqual([]);
  });
});

function relationsOf(entity: Entity | undefined): string[] {
  return (entity?.relations ?? [])
    .map(({ type, targetRef }) => `${type} ${targetRef}`)
    .sort();
}

function statusOf(entity: Entity | undefined): string[] {
  const { status } = (entity ?? {}) as {
    status?: { items?: Array<{ message: string }> };
  };
  return (status?.items ?? []).map(({ message }) => message);
}
