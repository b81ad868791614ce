import { aMeshedServiceSpec } from '@meshway/plugin-meshed-service-common/testUtils';
import { repositoryTreeSchema } from '@meshway/plugin-meshed-service-common';
import request from 'supertest';
import { aPortal, deny, stampFile } from '../__testUtils__/aPortal';

const cart = aMeshedServiceSpec({ name: 'cart', owner: 'shop' });

describe('repositories over HTTP', () => {
  const portal = aPortal();
  let server: Parameters<typeof request>[0];

  beforeAll(async () => {
    await portal.publish(cart, {
      'meshed.service.yaml': stampFile(cart),
      'README.md': '# Cart\n',
      'docs/index.md': 'ü 🛒\n',
      'docs/deep/er.md': 'x\n',
    });
    const author = { name: 'Mallory', email: 'mallory@example.com' };
    await portal.forge.create('nobodys', new Map([['secret', 'x']]), {
      author,
      message: 'Not a service\n',
    });
    server = await portal.start();
  });

  const get = (path: string) =>
    request(server).get(`/api/meshed-service/v1/repositories/${path}`);

  it('shows the root of a repository, folders first, and how to clone it', async () => {
    const { body } = await get('cart/tree/main');
    expect(repositoryTreeSchema.parse(body)).toEqual({
      kind: 'folder',
      repository: 'cart',
      branch: 'main',
      commit: expect.stringMatching(/^[0-9a-f]{40}$/),
      clone: portal.folder.resolve('repositories/cart.git'),
      path: '',
      entries: [
        { name: 'docs', path: 'docs', kind: 'folder' },
        { name: 'README.md', path: 'README.md', kind: 'file' },
        {
          name: 'meshed.service.yaml',
          path: 'meshed.service.yaml',
          kind: 'file',
        },
      ],
    });
  });

  it('shows a folder and a file below it', async () => {
    const folder = await get('cart/tree/main/docs/');
    const file = await get('cart/tree/main/docs/index.md');
    expect([folder.body.entries, file.body.text]).toEqual([
      [
        { name: 'deep', path: 'docs/deep', kind: 'folder' },
        { name: 'index.md', path: 'docs/index.md', kind: 'file' },
      ],
      'ü 🛒\n',
    ]);
  });

  it.each([
    [
      'nobodys/tree/main',
      'There is no repository "nobodys" of a registered service',
    ],
    [
      'meshway-registry/tree/main',
      'There is no repository "meshway-registry" of a registered service',
    ],
    [
      '..%2Fnobodys/tree/main',
      'There is no repository "../nobodys" of a registered service',
    ],
    [
      '__proto__/tree/main',
      'There is no repository "__proto__" of a registered service',
    ],
    ['cart/tree/other', 'Repository "cart" has no branch "other"'],
    [
      'cart/tree/main/nothing.md',
      'Branch "main" of "cart" has no "nothing.md"',
    ],
    ['cart/tree/main/doc', 'Branch "main" of "cart" has no "doc"'],
    [
      'cart/tree/main/%2e%2e%2fnobodys.git%2fconfig',
      'Branch "main" of "cart" has no "../nobodys.git/config"',
    ],
    ['cart/tree/main/%00', 'Branch "main" of "cart" has no "\\u0000"'],
    [
      'cart%00/tree/main',
      'There is no repository "cart\\u0000" of a registered service',
    ],
    ['cart/tree/main/__proto__', 'Branch "main" of "cart" has no "__proto__"'],
  ])('has no %s', async (path, message) => {
    const { status, body } = await get(path);
    expect([status, body.error]).toEqual([
      404,
      { name: 'NotFoundError', message },
    ]);
  });

  it('refuses a branch that git would misread', async () => {
    const { status, body } = await get('cart/tree/--upload-pack=x');
    expect([status, body.error.name]).toEqual([400, 'InputError']);
  });

  it('names whom to ask when the policy says no', async () => {
    portal.permissions.authorizeConditional.mockResolvedValueOnce([deny]);
    const { status, body } = await get('cart/tree/main/README.md');
    expect([status, body.error.message]).toEqual([
      403,
      'You may not see services of group:default/shop. Ask group:default/shop or group:default/platform.',
    ]);
  });
});
