/* eslint-disable jest/no-export -- sentences that every implementation runs in its own test file */
import { Forge } from '../Forge';
import { ada, bob, commit, create, filesOf, propose } from './someChanges';

/** The part of the contract that is about proposed changes. */
export function itProposesChanges(currentForge: () => Forge): void {
  let forge: Forge;
  beforeEach(() => {
    forge = currentForge();
  });

  describe('a proposed change', () => {
    it('is a branch and a record, and leaves the default branch alone', async () => {
      const { commit: first } = await create(forge, { a: '1', b: '2' });
      const change = await propose(forge, first, { a: '10' });

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
      const { commit: first } = await create(forge, { a: '1' });
      const change = await propose(forge, first, { a: '10' });
      const before = await forge.read('payments', { branch: change.branch });
      expect(await propose(forge, first, { a: '10' })).toEqual(change);
      expect(await forge.read('payments', { branch: change.branch })).toEqual(
        before,
      );
      expect(await forge.listChanges()).toEqual([change]);
    });

    it('is updated when it is repeated with other content', async () => {
      const { commit: first } = await create(forge, { a: '1', b: '2' });
      const change = await propose(forge, first, { a: '10' });
      const { commit: second } = await commit(forge, first, { b: '20' });
      expect(await propose(forge, second, { a: '11' })).toEqual(change);
      expect(
        filesOf(await forge.read('payments', { branch: change.branch })),
      ).toEqual({ a: '11', b: '20' });
    });

    it('is not overwritten when somebody has added a commit to it', async () => {
      const { commit: first } = await create(forge, { a: '1' });
      const change = await propose(forge, first, { a: '10' });
      const tip = await forge.read('payments', { branch: change.branch });
      await forge.commit('payments', new Map([['a', '12']]), {
        message: 'By hand',
        author: ada,
        expected: tip?.commit ?? '',
        branch: change.branch,
      });
      await expect(propose(forge, first, { a: '11' })).rejects.toMatchObject({
        name: 'ConflictError',
      });
      expect(
        filesOf(await forge.read('payments', { branch: change.branch })),
      ).toEqual({ a: '12' });
    });

    it('is merged, also when the default branch has moved on', async () => {
      const { commit: first } = await create(forge, { a: '1', b: '2', c: '3' });
      const change = await propose(forge, first, { a: '10', c: undefined });
      await commit(forge, first, { b: '20' });

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
      const { commit: first } = await create(forge, { a: '1' });
      const change = await propose(forge, first, { a: '10' });
      const merged = await forge.mergeChange('payments', change.id, bob);
      expect(await forge.mergeChange('payments', change.id, bob)).toEqual(
        merged,
      );
    });

    it('is not merged when both sides changed a file', async () => {
      const { commit: first } = await create(forge, { a: '1' });
      const change = await propose(forge, first, { a: '10' });
      const second = await commit(forge, first, { a: '11' });
      await expect(
        forge.mergeChange('payments', change.id, bob),
      ).rejects.toMatchObject({ name: 'ConflictError' });
      expect((await forge.read('payments'))?.commit).toBe(second.commit);
      expect(await forge.listChanges()).toEqual([change]);
    });

    it('lives among the branches of Meshway only', async () => {
      const { commit: first } = await create(forge, { a: '1' });
      for (const branch of [
        'main',
        'meshway/../main',
        'meshway/-x',
        'meshway/',
      ]) {
        await expect(
          propose(forge, first, { a: '2' }, branch),
        ).rejects.toMatchObject({
          name: 'InputError',
        });
      }
      expect(await forge.listChanges('payments')).toEqual([]);
    });

    it('cannot be merged when there is none', async () => {
      await create(forge, { a: '1' });
      await expect(
        forge.mergeChange('payments', '77', bob),
      ).rejects.toMatchObject({ name: 'ConflictError' });
    });
  });
}
