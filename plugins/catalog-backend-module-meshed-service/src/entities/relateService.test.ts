import { aMeshedServiceSpec } from '@meshway/plugin-meshed-service-common/testUtils';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { KnownService, relateService } from './relateService';

const known = (name: string, cluster = 'local'): KnownService => ({
  service: { cluster, namespace: name, name },
  entityRef: `component:default/${name}`,
});

/** @returns who depends on whom, one line each. */
const related = (fields: object, ...services: KnownService[]) =>
  relateService(aMeshedServiceSpec({ name: 'cart', ...fields }), services).map(
    ({ source, type, target }) =>
      `${stringifyEntityRef(source)} ${type} ${stringifyEntityRef(target)}`,
  );

describe('relateService', () => {
  it('relates a service to what it calls and to who calls it, in both directions', () => {
    expect(
      related(
        {
          clients: [{ namespace: 'checkout', serviceAccount: 'checkout' }],
          calls: [
            { namespace: 'valkey-cart', service: 'valkey-cart', port: 6379 },
          ],
        },
        known('checkout'),
        known('valkey-cart'),
        known('frontend'),
      ),
    ).toEqual([
      'component:default/cart dependsOn component:default/valkey-cart',
      'component:default/valkey-cart dependencyOf component:default/cart',
      'component:default/checkout dependsOn component:default/cart',
      'component:default/cart dependencyOf component:default/checkout',
    ]);
  });

  it('consumes what it calls when that is an API', () => {
    expect(related({ calls: [{ entityRef: 'api:default/quotes' }] })).toEqual([
      'component:default/cart consumesApi api:default/quotes',
      'api:default/quotes apiConsumedBy component:default/cart',
    ]);
  });

  it('takes a whole namespace for its services, and the clients of a port for clients', () => {
    expect(
      related(
        {
          clients: [{ namespace: 'frontend' }],
          ports: [
            {
              name: 'http',
              port: 8080,
              clients: [{ namespace: 'checkout', serviceAccount: 'checkout' }],
            },
          ],
        },
        known('checkout'),
        known('frontend'),
      ),
    ).toEqual([
      'component:default/checkout dependsOn component:default/cart',
      'component:default/cart dependencyOf component:default/checkout',
      'component:default/frontend dependsOn component:default/cart',
      'component:default/cart dependencyOf component:default/frontend',
    ]);
  });

  it('leaves out itself, services of other clusters, and whoever is no entity', () => {
    expect(
      related(
        {
          clients: [
            { namespace: 'cart', serviceAccount: 'cart' },
            { namespace: 'checkout', serviceAccount: 'checkout' },
            { namespace: 'stranger', serviceAccount: 'stranger' },
          ],
        },
        known('cart'),
        known('checkout', 'elsewhere'),
      ),
    ).toEqual([]);
  });
});
