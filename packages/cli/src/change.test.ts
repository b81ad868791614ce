import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { LocalForge } from '@meshway/plugin-meshed-service-node';
import { aFolder, meshway } from './__testUtils__/meshway';

// Each test starts processes; a busy machine takes its time.
jest.setTimeout(300_000);

const repositories = path.join(aFolder(), 'repositories');
const ada = { name: 'Ada Lovelace', email: 'ada@example.com' };

describe('meshway change', () => {
  it('lists what is proposed, merges it as a person, and then lists it no more', async () => {
    const forge = new LocalForge({
      path: repositories,
      appBaseUrl: 'http://localhost:3000',
    });
    const { commit } = await forge.create(
      'cart',
      new Map([['phase', 'audit\n']]),
      { message: 'Create cart\n', author: ada },
    );
    const { id } = await forge.propose(
      'cart',
      new Map([['phase', 'enforce\n']]),
      {
        message: 'Enforce\n',
        author: ada,
        branch: 'meshway/change-1',
        title: 'Enforce',
        description: 'Nobody else calls.',
        expected: commit,
      },
    );

    const list = () => meshway(['change', 'list', '-r', repositories]);
    const before = await list();
    const json = await meshway([
      'change',
      'list',
      '-r',
      repositories,
      '--json',
    ]);
    const merged = await meshway([
      'change',
      'merge',
      'cart',
      id,
      '-r',
      repositories,
      '--author',
      'Grace Hopper <grace@example.com>',
    ]);
    const again = await meshway([
      'change',
      'merge',
      'cart',
      'nonsense',
      '-r',
      repositories,
      '--author',
      'Grace Hopper <grace@example.com>',
    ]);
    const after = await list();

    expect(before).toMatchObject({
      code: 0,
      err: '',
      out: expect.stringMatching(`^cart ${id} open: Enforce\n  by `),
    });
    expect(JSON.parse(json.out)).toMatchObject([
      { id, repository: 'cart', state: 'open', title: 'Enforce' },
    ]);
    expect(merged).toMatchObject({ code: 0, err: '' });
    expect(merged.out).toMatch(/^cart .*: merged as [0-9a-f]{40}\n$/);
    expect(
      execFileSync('git', [
        `--git-dir=${path.join(repositories, 'cart.git')}`,
        'show',
        'main:phase',
      ]).toString(),
    ).toBe('enforce\n');
    expect(again.code).toBeGreaterThan(0);
    expect(again.err).not.toMatch(/\n\s+at /);
    expect(after).toEqual({
      code: 0,
      err: '',
      out: 'No change is proposed.\n',
    });
  });

  it.each([
    [['list'], /required option '-r, --repositories <folder>' not specified/],
    [['list', '-r', '/no/such'], /\/no\/such: there is no such file/],
    [
      ['merge', 'cart', '1', '-r', '.', '--author', 'nobody'],
      /--author: "nobody" is not an author; write "Name <address>"/,
    ],
    [['merge', 'cart', '-r', '.'], /missing required argument 'id'/],
  ])('answers %j with the way out', async (args, words) => {
    expect(await meshway(['change', ...args])).toEqual({
      code: 2,
      out: '',
      err: expect.stringMatching(words),
    });
  });
});
