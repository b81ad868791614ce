import { ConfigReader } from '@backstage/config';
import {
  forgeFromConfig,
  readMeshedServiceConfig,
} from '@meshway/plugin-meshed-service-node';
import { Sources } from './Sources';

const sourcesOf = (forge: object) => {
  const config = new ConfigReader({
    app: { baseUrl: 'http://localhost:3000' },
    integrations: { github: [{ host: 'github.com' }] },
    meshedService: { forge },
  });
  const settings = readMeshedServiceConfig(config);
  return new Sources(forgeFromConfig(settings, config), settings);
};
const local = sourcesOf({ kind: 'local' });
const github = sourcesOf({ kind: 'github', github: { owner: 'acme' } });
const url = (target: string) => ({ type: 'url', target });

describe('where entities of services come from', () => {
  it('is the catalog file of a repository, in the local forge and on GitHub', () => {
    expect([
      local.catalogFile('cart', 'main'),
      github.catalogFile('cart', 'main'),
    ]).toEqual([
      'http://localhost:3000/forge/cart/tree/main/catalog-info.yaml',
      'https://github.com/acme/cart/tree/main/catalog-info.yaml',
    ]);
  });

  it.each([
    ['the local forge', local, 'trunk'],
    ['GitHub', github, 'trunk'],
  ])('is found again from the location, in %s', (_, sources, branch) => {
    const source = sources.sourceAt(url(sources.catalogFile('cart', branch)));
    expect([source?.repository, source?.file('catalog-info.yaml')]).toEqual([
      'cart',
      sources.catalogFile('cart', branch),
    ]);
  });

  it.each([
    'http://localhost:3000/forge/cart/tree/main/other/catalog-info.yaml',
    'http://localhost:3000/forge/cart/tree/main/catalog-info.yaml?x',
    'http://localhost:3000/forge/cart/tree/main/docs/../catalog-info.yaml',
    'https://github.com/acme/cart/tree/main/sub/catalog-info.yaml',
    'https://github.com/other/cart/tree/main/catalog-info.yaml',
    'https://github.com/acme/../other/tree/main/catalog-info.yaml',
    'https://github.com.evil.example/acme/cart/tree/main/catalog-info.yaml',
  ])('is not %s', target => {
    expect([local.sourceAt(url(target)), github.sourceAt(url(target))]).toEqual(
      [undefined, undefined],
    );
  });

  it('is not a file of the portal', () => {
    expect(
      local.sourceAt({ type: 'file', target: '/examples/entities.yaml' }),
    ).toBeUndefined();
  });
});
