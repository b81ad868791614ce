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

describe('a catalog that is killed', () => {
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

  beforeEach(async () => {
    data.clear();
    forge.folder.clear();
    await forge.publish(spec);
  });

  afterEach(() => jest.restoreAllMocks());

  it.each(Object.entries(moments))(
    'while it %s shows that service soon after its next start',
    async (_, hangs) => {
      const interrupted = new Promise<void>(resolve => hangs(forge, resolve));
      const killed = await start();
      await interrupted;
      await killed.stop();
      jest.restoreAllMocks();

      const portal = await start();
      const shown = async () =>
        (
          await request(portal.server).get(
            '/api/catalog/entities/by-name/component/default/cart',
          )
        ).body.metadata?.annotations?.['meshway.dev/service'];
      let seen = await shown();
      for (let attempt = 0; !seen && attempt < 150; attempt += 1) {
        await sleep(200);
        seen = await shown();
      }
      await portal.stop();
      expect(seen).toBe('local/cart/cart');
    },
  );
});
