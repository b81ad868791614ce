/* eslint-disable jest/no-export -- sentences that every implementation runs in its own test file */
import { Forge } from '../Forge';
import { itProposesChanges } from './changeContract';
import { ada, commit, create, filesOf } from './someChanges';

/** What every forge promises. Each implementation runs the same sentences. */
export function itKeepsTheForgeContract(newForge: () => Promise<Forge>): void {
  let forge: Forge;
  beforeEach(async () => {
    forge = await newForge();
  });

  describe('a repository', () => {
    it('is undefined when there is none', async () => {
      expect(await forge.read('payments')).toBeUndefined();
      expect(await forge.listRepositories()).toEqual([]);
      expect(await forge.listChanges()).toEqual([]);
    });

    it('holds exactly what it was created with', async () => {
      const files = {
        'README.md': '# Payments\n',
        'docs/index.md': 'Zahlungen für Zürich 🚀\r\nno newline at the end',
        'manifests/mesh/10-server.yaml': 'a: 1\n',
        empty: '',
      };
      const made = await create(forge, files);

      expect(await forge.read('payments')).toEqual({
        commit: made.commit,
        files: new Map(Object.entries(files)),
      });
      expect(await forge.listRepositories()).toEqual(['payments']);
    });

    it('is read in part', async () => {
      await create(forge, { a: '1', 'b/c': '2', 'b/d': '3' });
      const snapshot = await forge.read('payments', {
        paths: ['b/c', 'missing'],
      });
      expect(filesOf(snapshot)).toEqual({ 'b/c': '2' });
    });

    it('has the default branch that was asked for, and no other', async () => {
      const made = await forge.create(
        'payments',
        new Map([['a', '1']]),
        { message: 'Create', author: ada },
        { branch: 'release/2' },
      );
      expect(await forge.read('payments')).toEqual({
        commit: made.commit,
        files: new Map([['a', '1']]),
      });
      expect(
        (await forge.read('payments', { branch: 'release/2' }))?.commit,
      ).toBe(made.commit);
      expect(await forge.read('payments', { branch: 'main' })).toBeUndefined();
    });

    it('is not created twice', async () => {
      const made = await create(forge, { a: '1' });
      await expect(create(forge, { a: '2' })).rejects.toMatchObject({
        name: 'ConflictError',
      });
      expect(await forge.read('payments')).toEqual({
        commit: made.commit,
        files: new Map([['a', '1']]),
      });
    });

    it('is created by one of two that try at once', async () => {
      const outcomes = await Promise.allSettled([
        create(forge, { a: '1' }),
        create(forge, { a: '2' }),
        create(forge, { a: '3' }),
      ]);
      expect(
        outcomes
          .map(outcome =>
            outcome.status === 'fulfilled' ? 'made' : outcome.reason.name,
          )
          .sort(),
      ).toEqual(['ConflictError', 'ConflictError', 'made']);
    });

    it.each([
      '../escape',
      'acme/payments',
      '',
      '.hidden',
      'a'.repeat(101),
      'x.git',
      '--upload-pack=x',
      'new\nline',
    ])('cannot be called %j', async repository => {
      await expect(create(forge, { a: '1' }, repository)).rejects.toMatchObject(
        {
          name: 'InputError',
        },
      );
      expect(await forge.listRepositories()).toEqual([]);
    });

    it.each([
      '../escape',
      '/etc/passwd',
      '.git/config',
      'x/.GIT/hooks/post-update',
      'git~1/config',
      'a//b',
      'a/./b',
      'back\\slash',
      'new\nline',
      '',
    ])('takes no file %j', async path => {
      await expect(
        create(forge, { a: '1', [path]: 'x' }),
      ).rejects.toMatchObject({
        name: 'InputError',
      });
      expect(await forge.read('payments')).toBeUndefined();
    });
  });

  describe('a commit', () => {
    it('writes, adds and removes files', async () => {
      const { commit: first } = await create(forge, {
        a: '1',
        b: '2',
        'c/d': '3',
      });
      const second = await commit(forge, first, {
        a: '10',
        b: undefined,
        'c/d': undefined,
        c: 'a file where a folder was',
        'e/f': '5',
      });
      expect(await forge.read('payments')).toEqual({
        commit: second.commit,
        files: new Map([
          ['a', '10'],
          ['c', 'a file where a folder was'],
          ['e/f', '5'],
        ]),
      });
    });

    it('is not made when it changes nothing', async () => {
      const first = await create(forge, { a: '1' });
      expect(
        await commit(forge, first.commit, { a: '1', gone: undefined }),
      ).toEqual(first);
    });

    it('is refused when the branch has moved on', async () => {
      const { commit: first } = await create(forge, { a: '1' });
      const second = await commit(forge, first, { a: '2' });
      await expect(commit(forge, first, { a: '3' })).rejects.toMatchObject({
        name: 'ConflictError',
      });
      expect((await forge.read('payments'))?.commit).toBe(second.commit);
    });

    it('is made by one of several that start from the same commit', async () => {
      const { commit: first } = await create(forge, { a: '1' });
      const outcomes = await Promise.allSettled(
        ['2', '3', '4', '5'].map(a => commit(forge, first, { a })),
      );
      expect(outcomes.map(({ status }) => status).sort()).toEqual([
        'fulfilled',
        'rejected',
        'rejected',
        'rejected',
      ]);
    });
  });

  itProposesChanges(() => forge);
}
