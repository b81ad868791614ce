import { execFile } from 'node:child_process';
import {
  mkdir,
  mkdtemp,
  readdir,
  realpath,
  rm,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { itKeepsTheForgeContract } from '../__testUtils__/forgeContract';
import { LocalForge } from './LocalForge';

// How long it takes is the machine's business.
jest.setTimeout(300_000);

const run = promisify(execFile);
const ada = { name: 'Ada Lovelace', email: 'ada@acme.example' };

describe('LocalForge', () => {
  let path: string;
  let forge: LocalForge;
  beforeEach(async () => {
    path = await realpath(await mkdtemp(join(tmpdir(), 'meshway-forge-')));
    forge = new LocalForge({ path, appBaseUrl: 'https://portal.example' });
  });
  afterEach(() => rm(path, { recursive: true, force: true }));

  itKeepsTheForgeContract(async () => forge);

  const create = (files: Record<string, string>) =>
    forge.create('payments', new Map(Object.entries(files)), {
      message: 'Create payments\n\nBecause.\n',
      author: ada,
    });

  it('makes repositories that git clones, with the commits of their author', async () => {
    const { commit } = await create({ 'docs/index.md': 'hello\n' });
    const clone = join(path, 'clone');
    await run('git', [
      'clone',
      '--quiet',
      forge.addressOf('payments').clone,
      clone,
    ]);
    const { stdout } = await run('git', [
      '-C',
      clone,
      'log',
      '--format=%H|%an|%ae|%cn|%B|%D',
    ]);
    expect(stdout.trim()).toBe(
      `${commit}|Ada Lovelace|ada@acme.example|Meshway|Create payments\n\nBecause.\n|HEAD -> main, origin/main, origin/HEAD`,
    );
    await run('git', ['-C', clone, 'fsck', '--strict']);
    expect((await readdir(clone)).sort()).toEqual(['.git', 'docs']);
  });

  it('takes a push from a clone, and reads it', async () => {
    await create({ a: '1' });
    const clone = join(path, 'clone');
    await run('git', [
      'clone',
      '--quiet',
      forge.addressOf('payments').clone,
      clone,
    ]);
    await writeFile(join(clone, 'a'), '2');
    await writeFile(join(clone, 'picture.png'), Buffer.from([0, 255, 1]));
    await run('git', ['-C', clone, 'add', '.']);
    await run('git', [
      '-C',
      clone,
      '-c',
      'user.name=Bob',
      '-c',
      'user.email=b@x',
      'commit',
      '-qm',
      'By hand',
    ]);
    await run('git', ['-C', clone, 'push', '--quiet']);
    expect((await forge.read('payments'))?.files).toEqual(
      new Map([['a', '2']]),
    );
  });

  it('reads a branch that git has packed away', async () => {
    const { commit } = await create({ a: '1' });
    const folder = forge.addressOf('payments').clone;
    await run('git', [`--git-dir=${folder}`, 'pack-refs', '--all']);
    await expect(readdir(join(folder, 'refs/heads'))).resolves.toEqual([]);
    expect(await forge.read('payments')).toEqual({
      commit,
      files: new Map([['a', '1']]),
    });
  });

  it.each(['refs/heads/main.lock', 'packed-refs.lock'])(
    'names %s, left by a git that was killed, and goes on once it is gone',
    async lock => {
      const { commit } = await create({ a: '1' });
      const folder = forge.addressOf('payments').clone;
      const { id } = await forge.propose('payments', new Map([['a', '2']]), {
        branch: 'meshway/two',
        title: 'A change',
        description: '',
        message: 'Two\n',
        author: ada,
        expected: commit,
      });
      await writeFile(join(folder, lock), '');
      // A merge writes one ref and deletes another, for which git needs the packed ones.
      const merge = () => forge.mergeChange('payments', id, ada);
      await expect(merge()).rejects.toMatchObject({
        name: 'ServiceUnavailableError',
        message: `Another git is writing this repository, or ended in the middle of it: its file ${lock} is in the way. Repeat; where no git is running, remove the file first`,
      });
      await rm(join(folder, lock));
      await merge();
      expect((await forge.read('payments'))?.files.get('a')).toBe('2');
    },
  );

  it('does what it does without the configuration, hooks and environment of anybody', async () => {
    const hooks = join(path, 'hooks');
    await mkdir(hooks);
    for (const hook of ['reference-transaction', 'post-update'])
      await writeFile(join(hooks, hook), '#!/bin/sh\nexit 1\n', {
        mode: 0o755,
      });
    const config = join(path, 'gitconfig');
    await writeFile(
      config,
      `[core]\n hooksPath = ${hooks}\n autocrlf = true\n[user]\n name = Mallory\n[commit]\n gpgSign = true\n`,
    );
    const before = { ...process.env };
    process.env.GIT_CONFIG_GLOBAL = config;
    process.env.GIT_DIR = '/nonexistent';
    process.env.GIT_AUTHOR_NAME = 'Mallory';
    try {
      const { commit } = await create({ a: 'line\r\n' });
      await forge.commit('payments', new Map([['a', 'other\r\n']]), {
        message: 'Change',
        author: ada,
        expected: commit,
      });
      expect((await forge.read('payments'))?.files.get('a')).toBe('other\r\n');
    } finally {
      process.env = before;
    }
  });

  it('fills a repository that was made by hand and never written to', async () => {
    await run('git', ['init', '--quiet', '--bare', join(path, 'payments.git')]);
    expect(await forge.read('payments')).toBeUndefined();
    const { commit } = await create({ a: '1' });
    expect(await forge.read('payments')).toEqual({
      commit,
      files: new Map([['a', '1']]),
    });
  });

  it('leaves nothing behind, and removes what a killed process left', async () => {
    const left = join(path, '.making-killed');
    await mkdir(left);
    await utimes(left, 1, 1);
    await mkdir(join(path, '.making-running'));
    await create({ a: '1' });
    await expect(create({ a: '2' })).rejects.toThrow('exists and is not empty');
    expect((await readdir(path)).sort()).toEqual([
      '.making-running',
      'payments.git',
    ]);
    expect(
      (await readdir(join(path, 'payments.git'))).filter(entry =>
        entry.startsWith('meshway-'),
      ),
    ).toEqual([]);
  });

  it('stops when it is told to, with nothing half made', async () => {
    await expect(
      forge.create(
        'payments',
        new Map([['a', '1']]),
        { message: 'x', author: ada },
        { signal: AbortSignal.abort() },
      ),
    ).rejects.toMatchObject({ name: 'AbortError' });
    expect(await readdir(path)).toEqual([]);
  });

  it('says where files are shown', () => {
    expect(forge.addressOf('payments').html).toBe(
      'https://portal.example/forge/payments/tree/main',
    );
    expect(forge.sourceUrl('payments', 'meshway/audit', 'docs/a b.md')).toBe(
      'https://portal.example/forge/payments/tree/meshway%2Faudit/docs/a%20b.md',
    );
  });

  it('refuses a message that would forge an author', async () => {
    await forge.create('payments', new Map([['a', '1']]), {
      message: 'x',
      author: { name: 'Ada <root@x>\nparent 0', email: 'a>b\n@x' },
    });
    const { stdout } = await run('git', [
      '--git-dir',
      join(path, 'payments.git'),
      'log',
      '--format=%an|%ae',
    ]);
    expect(stdout.trim()).toBe('Ada root@x parent 0|a b @x');
  });

  it('lets several write at once without losing a commit', async () => {
    const { commit: first } = await create({ count: '0' });
    expect(first).toHaveLength(40);
    const other = new LocalForge({
      path,
      appBaseUrl: 'https://portal.example',
    });
    const increment = async (writer: LocalForge) => {
      for (let attempt = 0; attempt < 50; attempt++) {
        const snapshot = await writer.read('payments');
        const count = Number(snapshot?.files.get('count'));
        try {
          await writer.commit(
            'payments',
            new Map([['count', `${count + 1}`]]),
            {
              message: 'Count',
              author: ada,
              expected: snapshot?.commit ?? '',
            },
          );
          return;
        } catch (error) {
          if (!(error instanceof Error && error.name === 'ConflictError'))
            throw error;
        }
      }
      throw new Error('never came through');
    };
    await Promise.all([forge, other, forge, other, forge].map(increment));
    expect((await forge.read('payments'))?.files.get('count')).toBe('5');
  });
});
