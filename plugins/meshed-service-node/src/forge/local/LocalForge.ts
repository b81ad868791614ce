import { formatForgeAddress } from '@meshway/plugin-meshed-service-common';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { changeMessage, isChangeMessage } from '../changeMessage';
import {
  Author,
  Commit,
  Files,
  Forge,
  ForgeConflictError,
  ProposedChange,
  Snapshot,
} from '../Forge';
import {
  checkBranchName,
  checkChangeBranch,
  checkCommitId,
  checkRepositoryName,
} from '../places';
import {
  ChangeRecord,
  changeIdOf,
  CHANGES_REF,
  readChangeRecords,
  writeChangeRecord,
} from './changeRecords';
import { errorCode } from './errorCode';
import { git, gitLine } from './git';
import { makeRepository } from './makeRepository';
import { mergeCommits } from './mergeCommits';
import {
  moveRefs,
  readFiles,
  readRef,
  treeOf,
  writeCommit,
  writeTree,
} from './objects';

type Changes = ReadonlyMap<string, string | undefined>;

/**
 * Bare git repositories in a folder, written by git itself: `git clone <folder>/<repository>.git` just works, nothing has
 * to run, and several processes may write at once. See docs/adr/0006.
 *
 * @public
 */
export class LocalForge implements Forge {
  readonly kind = 'local';

  /**
   * @param place.path - folder of the repositories; made with the first one.
   * @param place.appBaseUrl - address of the portal, whose pages show the files.
   */
  constructor(private readonly place: { path: string; appBaseUrl: string }) {}

  addressOf(repository: string): { html: string; clone: string } {
    return {
      html: this.sourceUrl(repository, 'main'),
      clone: this.folderOf(repository),
    };
  }

  sourceUrl(repository: string, branch: string, path?: string): string {
    return formatForgeAddress(this.place.appBaseUrl, {
      repository: checkRepositoryName(repository),
      branch: checkBranchName(branch),
      path,
    });
  }

  actingWith(): Forge {
    return this;
  }

  async read(
    repository: string,
    options: {
      branch?: string;
      paths?: readonly string[];
      signal?: AbortSignal;
    } = {},
  ): Promise<Snapshot | undefined> {
    const folder = this.folderOf(repository);
    if (!(await this.exists(repository))) return undefined;
    const commit = await readRef(
      folder,
      options.branch
        ? `refs/heads/${checkBranchName(options.branch)}`
        : await this.defaultRef(folder),
    );
    return commit
      ? { commit, files: await readFiles(folder, commit, options) }
      : undefined;
  }

  async create(
    repository: string,
    files: Files,
    commit: Commit,
    options: {
      description?: string;
      branch?: string;
      signal?: AbortSignal;
    } = {},
  ): Promise<{ commit: string }> {
    const made = await makeRepository(
      this.folderOf(repository),
      files,
      commit,
      {
        ...options,
        branch: checkBranchName(options.branch ?? 'main'),
      },
    );
    if (!made)
      throw new ForgeConflictError(
        `Repository ${repository} exists and is not empty; choose another name, or propose a change to it`,
      );
    return { commit: made };
  }

  async commit(
    repository: string,
    changes: Changes,
    commit: Commit & { expected: string; branch?: string },
    options: { signal?: AbortSignal } = {},
  ): Promise<{ commit: string }> {
    const folder = await this.existing(repository);
    const { signal } = options;
    const expected = checkCommitId(commit.expected);
    const ref = commit.branch
      ? `refs/heads/${checkBranchName(commit.branch)}`
      : await this.defaultRef(folder);
    const movedOn = () =>
      new ForgeConflictError(
        `${repository}: the branch has moved on since it was read; read it again and repeat`,
      );
    if ((await readRef(folder, ref)) !== expected) throw movedOn();
    const tree = await writeTree(folder, expected, changes, signal);
    if (tree === (await treeOf(folder, expected))) return { commit: expected };
    const made = await writeCommit(folder, tree, [expected], commit, signal);
    if (!(await moveRefs(folder, [{ ref, from: expected, to: made }])))
      throw movedOn();
    return { commit: made };
  }

  async propose(
    repository: string,
    changes: Changes,
    proposal: Commit & {
      branch: string;
      title: string;
      description: string;
      expected: string;
    },
    options: { signal?: AbortSignal } = {},
  ): Promise<ProposedChange> {
    const folder = await this.existing(repository);
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

  async listChanges(repository?: string): Promise<ProposedChange[]> {
    const repositories =
      repository === undefined ? await this.listRepositories() : [repository];
    const lists = await Promise.all(
      repositories.map(async name => {
        if (!(await this.exists(name))) return [];
        const { records } = await readChangeRecords(this.folderOf(name));
        return [...records]
          .filter(([, { state }]) => repository || state === 'open')
          .map(([id, record]) => this.changeOf(name, id, record));
      }),
    );
    return lists.flat();
  }

  async mergeChange(
    repository: string,
    id: string,
    by: Author,
  ): Promise<{ commit: string }> {
    const folder = await this.existing(repository);
    const record = (await readChangeRecords(folder)).records.get(id);
    if (!record)
      throw new ForgeConflictError(
        `${repository} has no proposed change ${JSON.stringify(id)}`,
      );
    if (record.merged) return { commit: record.merged };
    const ref = `refs/heads/${checkChangeBranch(record.branch)}`;
    const mainRef = await this.defaultRef(folder);
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

  async listRepositories(): Promise<string[]> {
    let entries: string[];
    try {
      entries = await readdir(this.place.path);
    } catch (error) {
      if (errorCode(error) === 'ENOENT') return [];
      throw error;
    }
    return entries
      .filter(entry => /^[A-Za-z0-9_].*\.git$/.test(entry))
      .map(entry => entry.slice(0, -'.git'.length))
      .sort();
  }

  private folderOf(repository: string): string {
    return join(this.place.path, `${checkRepositoryName(repository)}.git`);
  }

  private async exists(repository: string): Promise<boolean> {
    return (await this.listRepositories()).includes(repository);
  }

  private async existing(repository: string): Promise<string> {
    const folder = this.folderOf(repository);
    if (await this.exists(repository)) return folder;
    throw new ForgeConflictError(`There is no repository ${repository}`);
  }

  private async defaultRef(folder: string): Promise<string> {
    return gitLine(folder, ['symbolic-ref', 'HEAD']);
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
      url: this.sourceUrl(repository, branch),
    };
  }
}
