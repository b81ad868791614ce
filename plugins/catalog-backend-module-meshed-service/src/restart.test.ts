import {
  createMockDirectory,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { schedulerServiceFactory } from '@backstage/backend-defaults/scheduler';
import catalogPlugin from '@backstage/plugin-catalog-backend';
import { aMeshedServiceSpec } from '@meshway/plugin-meshed-service-common/testUtils';
import type { Entity } from '@backstage/catalog-model';
import knex from 'knex';
import { join } from 'node:path';
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
        // The real one, which looks again and again.
        schedulerServiceFactory,
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

  it('and was killed before its lists knew of a service has it in them soon', async () => {
    const first = await start();
    expect(await soon(first, 'cart', 'local/cart/cart')).toBe(
      'local/cart/cart',
    );
    await first.stop();
    // What the catalog writes last of all, and never again once the entity is kept.
    const database = knex({
      client: 'better-sqlite3',
      connection: { filename: join(data.path, 'catalog.sqlite') },
      useNullAsDefault: true,
    });
    const gone = await database('search')
      .whereIn(
        'entity_id',
        database('final_entities')
          .where('entity_ref', 'component:default/cart')
          .select('entity_id'),
      )
      .delete();
    await database.destroy();
    expect(gone).toBeGreaterThan(0);

    const portal = await start();
    let names: string[] = [];
    for (let attempt = 0; attempt < 300 && names.length === 0; attempt += 1) {
      const { body } = await request(portal.server).get(
        '/api/catalog/entities?filter=metadata.annotations.meshway.dev/service&fields=metadata.name',
      );
      names = body.map(({ metadata }: Entity) => metadata.name);
      await sleep(200);
    }
    expect(names).toEqual(['cart']);
    await portal.stop();
  });

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
