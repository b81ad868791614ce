import {
  createMockDirectory,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import catalogPlugin from '@backstage/plugin-catalog-backend';
import { aMeshedServiceSpec } from '@meshway/plugin-meshed-service-common/testUtils';
import { setTimeout as sleep } from 'node:timers/promises';
import request from 'supertest';
import { aForge, APP } from './__testUtils__/aForge';
import meshedServiceFeatures from './index';

jest.setTimeout(120_000);

const spec = aMeshedServiceSpec({ name: 'cart', owner: 'shop' });
const never = () => new Promise<never>(() => {});

/** What the catalog is at when its process ends. */
const moments: Record<
  string,
  (forge: ReturnType<typeof aForge>, reached: () => void) => void
> = {
  'reads the file of a service': ({ forge }, reached) => {
    const read = forge.read.bind(forge);
    jest.spyOn(forge, 'read').mockImplementation((repository, options) => {
      if (!options?.paths?.includes('catalog-info.yaml'))
        return read(repository, options);
      reached();
      return never();
    });
  },
  'asks who holds the name of a service': ({ registry }, reached) => {
    jest.spyOn(registry, 'readClaim').mockImplementation(() => {
      reached();
      return never();
    });
  },
};

describe('a catalog that starts again', () => {
  const forge = aForge();
  const data = createMockDirectory();

  const start = () =>
    startTestBackend({
      features: [
        catalogPlugin,
        meshedServiceFeatures,
        forge.service,
        mockServices.database.factory(),
        mockServices.rootConfig.factory({
          data: {
            app: { baseUrl: APP },
            backend: {
              database: {
                client: 'better-sqlite3',
                connection: { directory: data.path },
              },
            },
            // Longer than this test may take: nothing is shown because time has passed.
            catalog: { processingInterval: { minutes: 30 } },
          },
        }),
      ],
    });

  /** @returns the service that an entity speaks of, as soon as it is the wanted one; what it speaks of instead after half a minute. */
  const soon = async (
    { server }: Awaited<ReturnType<typeof start>>,
    name: string,
    wanted: string | undefined,
  ) => {
    let seen: string | undefined;
    for (let attempt = 0; attempt < 150; attempt += 1) {
      const { body } = await request(server).get(
        `/api/catalog/entities/by-name/component/default/${name}`,
      );
      seen = body.metadata?.annotations?.['meshway.dev/service'];
      if (seen === wanted) break;
      await sleep(200);
    }
    return seen;
  };

  beforeEach(async () => {
    data.clear();
    forge.folder.clear();
    await forge.publish(spec);
  });

  afterEach(() => jest.restoreAllMocks());

  it.each(Object.entries(moments))(
    'and was killed while it %s shows that service soon',
    async (_, hangs) => {
      const interrupted = new Promise<void>(resolve => hangs(forge, resolve));
      const killed = await start();
      await interrupted;
      await killed.stop();
      jest.restoreAllMocks();

      const portal = await start();
      expect(await soon(portal, 'cart', 'local/cart/cart')).toBe(
        'local/cart/cart',
      );
      await portal.stop();
    },
  );

  it('has what is there, and no longer what was released meanwhile', async () => {
    await forge.publish(aMeshedServiceSpec({ name: 'quote', owner: 'shop' }));
    const first = await start();
    expect(await soon(first, 'cart', 'local/cart/cart')).toBe(
      'local/cart/cart',
    );
    await first.stop();
    await forge.registry.releaseService(spec, spec.owner, {
      author: { name: 'Guest', email: 'guest@example.com' },
    });

    const portal = await start();
    expect(await soon(portal, 'cart', undefined)).toBeUndefined();
    expect(await soon(portal, 'quote', 'local/quote/quote')).toBe(
      'local/quote/quote',
    );
    await portal.stop();
  });
});
