import {
  coreServices,
  createBackendPlugin,
  UrlReaderService,
} from '@backstage/backend-plugin-api';
import { urlReaderServiceFactory } from '@backstage/backend-defaults/urlReader';
import { startTestBackend } from '@backstage/backend-test-utils';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { aForge, APP } from '../__testUtils__/aForge';
import { forgeUrlReaderServiceFactory } from './service';

const at = (path: string) => `${APP}/forge/cart/tree/main/${path}`;

describe('reading an address of the local forge', () => {
  const { forge, service } = aForge();
  let reader: UrlReaderService;

  /** The reader as any plugin gets it. */
  beforeAll(async () => {
    const author = { name: 'Guest', email: 'guest@example.com' };
    await forge.create(
      'cart',
      new Map([
        ['mkdocs.yml', 'site_name: Cart\n'],
        ['docs/index.md', '# Cart\n'],
        ['docs/größe & more.md', 'ü 🛒\n'],
      ]),
      { author, message: 'First\n' },
    );
    await startTestBackend({
      features: [
        service,
        forgeUrlReaderServiceFactory,
        urlReaderServiceFactory,
        createBackendPlugin({
          pluginId: 'reading',
          register({ registerInit }) {
            registerInit({
              deps: { urlReader: coreServices.urlReader },
              async init({ urlReader }) {
                reader = urlReader;
              },
            });
          },
        }),
      ],
    });
  });

  it('returns a file, byte by byte', async () => {
    const { buffer } = await reader.readUrl(
      at(encodeURIComponent('docs/größe & more.md').replace('%2F', '/')),
    );
    expect((await buffer()).toString('utf8')).toBe('ü 🛒\n');
  });

  it('does not return what the asker has already', async () => {
    const { etag } = await reader.readUrl(at('mkdocs.yml'));
    await expect(
      reader.readUrl(at('mkdocs.yml'), { etag }),
    ).rejects.toMatchObject({ name: 'NotModifiedError' });
    await expect(reader.readTree(at(''), { etag })).rejects.toMatchObject({
      name: 'NotModifiedError',
    });
  });

  it('returns a folder as a tree, which can be written to disk', async () => {
    const tree = await reader.readTree(at('docs/'));
    const files = await tree.files();
    expect(files.map(({ path }) => path).sort()).toEqual([
      'größe & more.md',
      'index.md',
    ]);
    const whole = await (await reader.readTree(at(''))).dir();
    await expect(
      readFile(join(whole, 'docs', 'index.md'), 'utf8'),
    ).resolves.toBe('# Cart\n');
  });

  it.each([
    ['mkdocs.yml', ['mkdocs.yml']],
    ['docs/*.md', ['docs/gr%C3%B6%C3%9Fe%20%26%20more.md', 'docs/index.md']],
    ['**/index.md', ['docs/index.md']],
    ['nothing.yaml', []],
  ])('finds the files that match %s', async (pattern, found) => {
    const { files } = await reader.search(at(pattern));
    expect(files.map(({ url }) => url).sort()).toEqual(found.map(at));
  });

  it.each([
    [
      at('docs/missing.md'),
      'NotFoundError: There is no file docs/missing.md on branch main of repository cart',
    ],
    [
      `${APP}/forge/cart/tree/other/mkdocs.yml`,
      'NotFoundError: There is no branch other of a repository cart',
    ],
    [
      `${APP}/forge/nobodys/tree/main/mkdocs.yml`,
      'NotFoundError: There is no branch main of a repository nobodys',
    ],
    [
      `${APP}/forge/cart/tree/main/%2e%2e/%2e%2e/secret`,
      'InputError: http://localhost:3000/forge/cart/tree/main/%2e%2e/%2e%2e/secret is no address of the local forge: write http://localhost:3000/forge/REPOSITORY/tree/BRANCH/PATH',
    ],
    [
      `${APP}/forge/${'x'.repeat(10_000)}`,
      `InputError: http://localhost:3000/forge/${'x'.repeat(
        172,
      )} is no address of the local forge: write http://localhost:3000/forge/REPOSITORY/tree/BRANCH/PATH`,
    ],
  ])('says why %.80s cannot be read', async (address, message) => {
    const error: Error = await reader.readUrl(address).then(
      () => new Error('it was read'),
      problem => problem,
    );
    expect(`${error.name}: ${error.message}`).toBe(message);
  });

  it.each([`${APP}/catalog`, 'http://localhost:3001/forge/cart/tree/main'])(
    'leaves %s to others',
    async address => {
      await expect(reader.readUrl(address)).rejects.toMatchObject({
        name: 'NotAllowedError',
      });
    },
  );
});
