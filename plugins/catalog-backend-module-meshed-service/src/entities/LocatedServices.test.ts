import { mockServices } from '@backstage/backend-test-utils';
import { aMeshedServiceSpec } from '@meshway/plugin-meshed-service-common/testUtils';
import { ClaimsReader } from '@meshway/plugin-meshed-service-node';
import { aForge } from '../__testUtils__/aForge';
import { LocatedServices } from './LocatedServices';

// Each publishing starts many processes of git; how long that takes is the machine's business.
jest.setTimeout(300_000);

const names = ['a', 'b', 'c', 'd', 'e'];

describe('LocatedServices', () => {
  const { claim, edit, forge, folder, publish, registry } = aForge();
  const specOf = (name: string) => aMeshedServiceSpec({ name, owner: 'shop' });
  let services: LocatedServices;

  beforeEach(async () => {
    folder.clear();
    for (const name of names) await publish(specOf(name));
    services = new LocatedServices(
      new ClaimsReader(forge, registry.repository),
      forge,
      { catalogFile: (repository, branch) => `${repository}@${branch}` },
      mockServices.logger.mock(),
      2,
    );
  });
  afterEach(() => jest.restoreAllMocks());

  const look = async (...told: string[]) => {
    const read = jest.spyOn(forge, 'read');
    await services.look(new Set(told));
    const asked = read.mock.calls.map(([repository, options]) =>
      [repository, ...(options?.paths ?? ['all'])].join(' '),
    );
    read.mockRestore();
    return asked.filter(each => !each.startsWith(registry.repository));
  };
  const known = () => [...services.all().values()].map(({ target }) => target);

  it('needs several looks for many services, and begins with those that nobody has looked at', async () => {
    await look();
    expect([known(), services.isWhole]).toEqual([['a@main', 'b@main'], false]);
    await look();
    await look();
    expect([known().sort(), services.isWhole]).toEqual([
      ['a@main', 'b@main', 'c@main', 'd@main', 'e@main'],
      true,
    ]);
  });

  it('looks at those again that were not looked at for longest, and asks only whether they have moved', async () => {
    for (let count = 0; count < 3; count++) await look();
    expect(await look()).toEqual(['b', 'c']);
    expect(await look()).toEqual(['d', 'e']);
    await edit('a', { 'README.md': 'By hand\n' });
    expect(await look()).toEqual(['a', 'a meshed.service.yaml', 'b']);
  });

  it('looks first at what somebody says has changed', async () => {
    expect(await look('e')).toEqual([
      'e meshed.service.yaml',
      'a meshed.service.yaml',
    ]);
  });

  it('forgets what nobody holds any more, and finds what was only claimed', async () => {
    for (let count = 0; count < 3; count++) await look();
    await claim(specOf('f'));
    await registry.releaseService(
      { cluster: 'local', namespace: 'a', name: 'a' },
      'group:default/shop',
      { author: { name: 'Guest', email: 'guest@example.com' } },
    );
    await look();
    expect([services.all().has('local/a/a'), services.isWhole]).toEqual([
      false,
      true,
    ]);
    expect(services.all().has('local/f/f')).toBe(false);
  });

  it('does not take a registry that is out of reach for one without claims', async () => {
    folder.clear();
    await look();
    expect(services.isWhole).toBe(false);
  });

  it('knows a registry from which all claims are gone', async () => {
    for (const name of names)
      await registry.releaseService(
        { cluster: 'local', namespace: name, name },
        'group:default/shop',
        { author: { name: 'Guest', email: 'guest@example.com' } },
      );
    await look();
    expect([known(), services.isWhole]).toEqual([[], true]);
  });

  it('guesses where a repository lives that cannot be read, and does not call that known until it has tried often', async () => {
    const read = forge.read.bind(forge);
    jest.spyOn(forge, 'read').mockImplementation((repository, options) => {
      if (repository === 'a') throw new Error('The disk is slow');
      return read(repository, options);
    });
    const unread: unknown[] = [];
    const wholes: boolean[] = [];
    for (let count = 0; count < 8; count++) {
      unread.push(...(await services.look(new Set(['a']))));
      wholes.push(services.isWhole);
    }
    expect(services.all().get('local/a/a')).toEqual({ target: 'a@main' });
    expect(unread).toEqual(Array.from({ length: 8 }, () => 'a'));
    expect(wholes).toEqual([
      ...[false, false, false, false],
      ...[true, true, true, true],
    ]);
  });
});
