import { mockServices } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { AwaitedEntities } from './AwaitedEntities';

const cart = {
  entityRef: 'component:default/cart',
  locationRef: 'location:default/of-cart',
};
const entity: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: {
    name: 'cart',
    namespace: 'default',
    uid: 'uid-1',
    annotations: { 'meshway.dev/service': 'local/cart/cart' },
  },
};

describe('AwaitedEntities', () => {
  /** A catalog that has an entity, and a list that it is in or not. */
  function aCatalog(has: Entity | undefined, isListed: () => boolean) {
    const catalog = {
      getEntitiesByRefs: jest.fn(async () => ({ items: [has] })),
      getEntities: jest.fn(async () => ({
        items: has && isListed() ? [has] : [],
      })),
      refreshEntity: jest.fn(async (_: string) => undefined),
      removeEntityByUid: jest.fn(async (_: string) => undefined),
    };
    const awaited = new AwaitedEntities(
      catalog,
      mockServices.auth(),
      mockServices.logger.mock(),
    );
    return {
      look: () => awaited.hasten([cart]),
      asked: () => catalog.getEntities.mock.calls.length,
      refreshed: () => catalog.refreshEntity.mock.calls.map(([ref]) => ref),
      removed: () => catalog.removeEntityByUid.mock.calls.map(([uid]) => uid),
      catalog,
    };
  }

  it('does not ask any more once an entity is shown', async () => {
    const { look, asked, removed, refreshed } = aCatalog(entity, () => true);
    await look();
    await look();
    expect([asked(), removed(), refreshed()]).toEqual([1, [], []]);
  });

  it('brings forward what is not there', async () => {
    const { look, refreshed } = aCatalog(undefined, () => false);
    await look();
    expect(refreshed()).toEqual([cart.entityRef]);
  });

  it('takes out what is in no list, so that it is made anew, and not what is just on its way there', async () => {
    const never = aCatalog(entity, () => false);
    await never.look();
    const once = never.removed();
    await never.look();
    let looks = 0;
    const late = aCatalog(entity, () => (looks += 1) > 1);
    await late.look();
    await late.look();
    expect([once, never.removed(), late.removed()]).toEqual([
      [],
      ['uid-1'],
      [],
    ]);
  });
});
