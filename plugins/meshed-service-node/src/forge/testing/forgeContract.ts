import { Author, Forge, Snapshot } from '../Forge';

const ada: Author = { name: 'Ada', email: 'ada@acme.example' };
const bob: Author = { name: 'Bob', email: 'bob@acme.example' };

const filesOf = (snapshot: Snapshot | undefined) =>
  snapshot && Object.fromEntries(snapshot.files);

/** What every forge promises. Each implementation runs the same sentences. */
export function itKeepsTheForgeContract(newForge: () => Promise<Forge>): void {
  let forge: Forge;
  beforeEach(async () => {
    forge = await newForge();
  });

  const create = (files: Record<string, string>, repository = 'payments') =>
    forge.create(repository, new Map(Object.entries(files)), {
      message: 'Create payments',
      author: ada,
    });
  const commit = (
    expected: string,
    changes: Record<string, string | undefined>,
  ) =>
    forge.commit('payments', new Map(Object.entries(changes)), {
      message: 'Change payments',
      author: bob,
      expected,
    });
  const propose = (
    expected: string,
    changes: Record<string, string | undefined>,
    branch = 'meshway/audit',
  ) =>
    forge.propose('payments', new Map(Object.entries(changes)), {
      message: 'Enforce',
      author: bob,
      expected,
      branch,
      title: 'Enforce the policy',
      description: 'Nobody would be denied.',
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
      const made = await create(files);

      expect(await forge.read('payments')).toEqual({
        commit: made.commit,
        files: new Map(Object.entries(files)),
      });
      expect(await forge.listRepositories()).toEqual(['payments']);
    });

    it('is read in part', async () => {
      await create({ a: '1', 'b/c': '2', 'b/d': '3' });
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
      const made = await create({ a: '1' });
      await expect(create({ a: '2' })).rejects.toMatchObject({
        name: 'ConflictError',
      });
      expect(await forge.read('payments')).toEqual({
        commit: made.commit,
        files: new Map([['a', '1']]),
      });
    });

    it('is created by one of two that try at once', async () => {
      const outcomes = await Promise.allSettled([
        create({ a: '1' }),
        create({ a: '2' }),
        create({ a: '3' }),
      ]);
      const made = outcomes.filter(({ status }) => status === 'fulfilled');
      expect(made).toHaveLength(1);
      for (const outcome of outcomes) {
        if (outcome.status === 'rejected')
          expect(outcome.reason).toMatchObject({ name: 'ConflictError' });
      }
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
      await expect(create({ a: '1' }, repository)).rejects.toMatchObject({
        name: 'InputError',
      });
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
      await expect(create({ a: '1', [path]: 'x' })).rejects.toMatchObject({
        name: 'InputError',
      });
      expect(await forge.read('payments')).toBeUndefined();
    });
  });

  describe('a commit', () => {
    it('writes, adds and removes files', async () => {
      const { commit: first } = await create({ a: '1', b: '2', 'c/d': '3' });
      const second = await commit(first, {
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
      const first = await create({ a: '1' });
      expect(await commit(first.commit, { a: '1', gone: undefined })).toEqual(
        first,
      );
    });

    it('is refused when the branch has moved on', async () => {
      const { commit: first } = await create({ a: '1' });
      const second = await commit(first, { a: '2' });
      await expect(commit(first, { a: '3' })).rejects.toMatchObject({
        name: 'ConflictError',
      });
      expect((await forge.read('payments'))?.commit).toBe(second.commit);
    });

    it('is made by one of several that start from the same commit', async () => {
      const { commit: first } = await create({ a: '1' });
      const outcomes = await Promise.allSettled(
        ['2', '3', '4', '5'].map(a => commit(first, { a })),
      );
      expect(outcomes.map(({ status }) => status).sort()).toEqual([
        'fulfilled',
        'rejected',
        'rejected',
        'rejected',
      ]);
    });
  });

  describe('a proposed change', () => {
    it('is a branch and a record, and leaves the default branch alone', async () => {
      const { commit: first } = await create({ a: '1', b: '2' });
      const change = await propose(first, { a: '10' });

      expect(change).toEqual({
        id: expect.any(String),
        repository: 'payments',
        branch: 'meshway/audit',
        title: 'Enforce the policy',
        description: 'Nobody would be denied.',
        author: expect.any(String),
        state: 'open',
        url: expect.stringMatching(/^https?:/),
      });
      expect(await forge.listChanges()).toEqual([change]);
      expect(await forge.listChanges('payments')).toEqual([change]);
      expect((await forge.read('payments'))?.commit).toBe(first);
      expect(
        filesOf(await forge.read('payments', { branch: 'meshway/audit' })),
      ).toEqual({ a: '10', b: '2' });
    });

    it('is the same one when it is repeated', async () => {
      const { commit: first } = await create({ a: '1' });
      const change = await propose(first, { a: '10' });
      const before = await forge.read('payments', { branch: change.branch });
      expect(await propose(first, { a: '10' })).toEqual(change);
      expect(await forge.read('payments', { branch: change.branch })).toEqual(
        before,
      );
      expect(await forge.listChanges()).toEqual([change]);
    });

    it('is updated when it is repeated with other content', async () => {
      const { commit: first } = await create({ a: '1', b: '2' });
      const change = await propose(first, { a: '10' });
      const { commit: second } = await commit(first, { b: '20' });
      expect(await propose(second, { a: '11' })).toEqual(change);
      expect(
        filesOf(await forge.read('payments', { branch: change.branch })),
      ).toEqual({ a: '11', b: '20' });
    });

    it('is not overwritten when somebody has added a commit to it', async () => {
      const { commit: first } = await create({ a: '1' });
      const change = await propose(first, { a: '10' });
      const tip = await forge.read('payments', { branch: change.branch });
      await forge.commit('payments', new Map([['a', '12']]), {
        message: 'By hand',
        author: ada,
        expected: tip?.commit ?? '',
        branch: change.branch,
      });
      await expect(propose(first, { a: '11' })).rejects.toMatchObject({
        name: 'ConflictError',
      });
      expect(
        filesOf(await forge.read('payments', { branch: change.branch })),
      ).toEqual({ a: '12' });
    });

    it('is merged, also when the default branch has moved on', async () => {
      const { commit: first } = await create({ a: '1', b: '2', c: '3' });
      const change = await propose(first, { a: '10', c: undefined });
      await commit(first, { b: '20' });

      const merged = await forge.mergeChange('payments', change.id, bob);

      expect(await forge.read('payments')).toEqual({
        commit: merged.commit,
        files: new Map([
          ['a', '10'],
          ['b', '20'],
        ]),
      });
      expect(await forge.listChanges()).toEqual([]);
      expect(await forge.listChanges('payments')).toEqual([
        { ...change, state: 'merged' },
      ]);
    });

    it('is merged once, however often that is asked', async () => {
      const { commit: first } = await create({ a: '1' });
      const change = await propose(first, { a: '10' });
      const merged = await forge.mergeChange('payments', change.id, bob);
      expect(await forge.mergeChange('payments', change.id, bob)).toEqual(
        merged,
      );
    });

    it('is not merged when both sides changed a file', async () => {
      const { commit: first } = await create({ a: '1' });
      const change = await propose(first, { a: '10' });
      const second = await commit(first, { a: '11' });
      await expect(
        forge.mergeChange('payments', change.id, bob),
      ).rejects.toMatchObject({ name: 'ConflictError' });
      expect((await forge.read('payments'))?.commit).toBe(second.commit);
      expect(await forge.listChanges()).toEqual([change]);
    });

    it('lives among the branches of Meshway only', async () => {
      const { commit: first } = await create({ a: '1' });
      for (const branch of [
        'main',
        'meshway/../main',
        'meshway/-x',
        'meshway/',
      ]) {
        await expect(propose(first, { a: '2' }, branch)).rejects.toMatchObject({
          name: 'InputError',
        });
      }
      expect(await forge.listChanges('payments')).toEqual([]);
    });

    it('cannot be merged when there is none', async () => {
      await create({ a: '1' });
      await expect(
        forge.mergeChange('payments', '77', bob),
      ).rejects.toMatchObject({ name: 'ConflictError' });
    });
  });
}
