import { changeMessage, isChangeMessage } from '../changeMessage';
import { Author, Forge, ForgeConflictError, ProposedChange } from '../Forge';
import { checkChangeBranch, checkCommitId } from '../places';
import {
  ChangeRecord,
  changeIdOf,
  CHANGES_REF,
  readChangeRecords,
  writeChangeRecord,
} from './changeRecords';
import { git } from './git';
import { LocalRepositories } from './LocalRepositories';
import { mergeCommits } from './mergeCommits';
import { moveRefs, readRef, treeOf, writeCommit, writeTree } from './objects';

/** Proposed changes of local repositories: a branch and a record each, which move in one step. */
export class LocalChanges {
  constructor(
    private readonly repositories: LocalRepositories,
    private readonly addressOf: (repository: string, branch: string) => string,
  ) {}

  async propose(
    ...[repository, changes, proposal, options = {}]: Parameters<
      Forge['propose']
    >
  ): Promise<ProposedChange> {
    const folder = await this.repositories.existing(repository);
    const { signal } = options;
    const branch = checkChangeBranch(proposal.branch);
    const expected = checkCommitId(proposal.expected);
    if (!(await readRef(folder, expected)))
      throw new ForgeConflictError(
        `${repository} has no commit ${expected}; read it again and repeat`,
      );
    const ref = `refs/heads/${branch}`;
    const tip = await readRef(folder, ref);
    if (tip) await this.refuseCommitsOfOthers(folder, repository, branch, tip);

    const tree = await writeTree(folder, expected, changes, signal);
    const upToDate = tip !== undefined && (await treeOf(folder, tip)) === tree;
    const to = upToDate
      ? tip
      : await writeCommit(
          folder,
          tree,
          tip ? [tip, expected] : [expected],
          { ...proposal, message: changeMessage(proposal.message, branch) },
          signal,
        );
    const record: ChangeRecord = {
      branch,
      title: proposal.title,
      description: proposal.description,
      author: proposal.author.name,
      state: 'open',
    };
    const id = changeIdOf(branch);
    await this.keepRecord(folder, repository, id, () => record, [
      { ref, from: tip, to },
    ]);
    return this.changeOf(repository, id, record);
  }

  async list(repository?: string): Promise<ProposedChange[]> {
    const repositories =
      repository === undefined ? await this.repositories.list() : [repository];
    const lists = await Promise.all(
      repositories.map(async name => {
        if (!(await this.repositories.has(name))) return [];
        const { records } = await readChangeRecords(
          this.repositories.folderOf(name),
        );
        return [...records]
          .filter(([, { state }]) => repository || state === 'open')
          .map(([id, record]) => this.changeOf(name, id, record));
      }),
    );
    return lists.flat();
  }

  async merge(
    repository: string,
    id: string,
    by: Author,
  ): Promise<{ commit: string }> {
    const folder = await this.repositories.existing(repository);
    const record = (await readChangeRecords(folder)).records.get(id);
    if (!record)
      throw new ForgeConflictError(
        `${repository} has no proposed change ${JSON.stringify(id)}`,
      );
    if (record.merged) return { commit: record.merged };
    const ref = `refs/heads/${checkChangeBranch(record.branch)}`;
    const mainRef = await this.repositories.defaultRef(folder);
    const [main, tip] = [
      await readRef(folder, mainRef),
      await readRef(folder, ref),
    ];
    if (record.state !== 'open' || !main || !tip)
      throw new ForgeConflictError(
        `${repository}: change ${id} is not open any more; propose it again`,
      );
    const merged = await mergeCommits(
      folder,
      { ours: main, theirs: tip },
      {
        message: `Merge change ${id}: ${record.title}\n`,
        author: by,
      },
    );
    if ('conflicts' in merged)
      throw new ForgeConflictError(
        `${repository}: change ${id} no longer applies, because ${merged.conflicts.join(
          ', ',
        )} changed on both sides; propose it again`,
      );
    await this.keepRecord(
      folder,
      repository,
      id,
      current => ({
        ...(current ?? record),
        state: 'merged',
        merged: merged.commit,
      }),
      [
        { ref: mainRef, from: main, to: merged.commit },
        { ref, from: tip },
      ],
    );
    return { commit: merged.commit };
  }

  private async refuseCommitsOfOthers(
    folder: string,
    repository: string,
    branch: string,
    tip: string,
  ): Promise<void> {
    const message = await git(folder, ['log', '-1', '--format=%B', tip]);
    if (!isChangeMessage(message.toString('utf8'), branch))
      throw new ForgeConflictError(
        `${repository}: others have added commits to ${branch}; merge or delete that branch, then repeat`,
      );
  }

  /** Moves refs together with the record that is about them. Other changes may be recorded in between. */
  private async keepRecord(
    folder: string,
    repository: string,
    id: string,
    recordFrom: (current: ChangeRecord | undefined) => ChangeRecord,
    moves: Array<{ ref: string; from: string | undefined; to?: string }>,
  ): Promise<void> {
    for (let attempt = 0; attempt < 20; attempt++) {
      const { at, records } = await readChangeRecords(folder);
      const current = records.get(id);
      const record = recordFrom(current);
      const isKept = JSON.stringify(current) === JSON.stringify(record);
      const moving = moves.filter(({ from, to }) => from !== to);
      const to = isKept ? at : await writeChangeRecord(folder, at, id, record);
      const all = isKept
        ? moving
        : [...moving, { ref: CHANGES_REF, from: at, to }];
      if (all.length === 0 || (await moveRefs(folder, all))) return;
      for (const { ref, from } of moving) {
        if ((await readRef(folder, ref)) !== from)
          throw new ForgeConflictError(
            `${repository}: ${ref.replace(
              'refs/heads/',
              '',
            )} has moved on; repeat`,
          );
      }
    }
    throw new ForgeConflictError(
      `${repository}: too many changes are written at once; repeat`,
    );
  }

  private changeOf(
    repository: string,
    id: string,
    record: ChangeRecord,
  ): ProposedChange {
    const { branch, title, description, author, state } = record;
    return {
      id,
      repository,
      branch,
      title,
      description,
      author,
      state,
      url: this.addressOf(repository, branch),
    };
  }
}
