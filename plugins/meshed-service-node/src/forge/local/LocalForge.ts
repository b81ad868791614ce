import { formatForgeAddress } from '@meshway/plugin-meshed-service-common';
import {
  Author,
  Commit,
  FileChanges,
  Files,
  Forge,
  ForgeConflictError,
  ProposedChange,
  Snapshot,
} from '../Forge';
import { checkBranchName, checkCommitId, checkRepositoryName } from '../places';
import { LocalChanges } from './LocalChanges';
import { LocalRepositories } from './LocalRepositories';
import { makeRepository } from './makeRepository';
import {
  moveRefs,
  readFiles,
  readRef,
  treeOf,
  writeCommit,
  writeTree,
} from './objects';

/**
 * Bare git repositories in a folder, written by git itself: `git clone <folder>/<repository>.git` just works, nothing has
 * to run, and several processes may write at once. See docs/adr/0006.
 *
 * @public
 */
export class LocalForge implements Forge {
  readonly kind = 'local';

  private readonly repositories: LocalRepositories;
  private readonly changes: LocalChanges;

  /**
   * @param place - `path`: folder of the repositories, made with the first one; `appBaseUrl`: address of the portal, whose
   *   pages show the files.
   */
  constructor(private readonly place: { path: string; appBaseUrl: string }) {
    this.repositories = new LocalRepositories(place.path);
    this.changes = new LocalChanges(this.repositories, (...of) =>
      this.sourceUrl(...of),
    );
  }

  addressOf(repository: string): { html: string; clone: string } {
    return {
      html: this.sourceUrl(repository, 'main'),
      clone: this.repositories.folderOf(repository),
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
    const folder = this.repositories.folderOf(repository);
    if (!(await this.repositories.has(repository))) return undefined;
    const commit = await readRef(
      folder,
      options.branch
        ? `refs/heads/${checkBranchName(options.branch)}`
        : await this.repositories.defaultRef(folder),
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
      this.repositories.folderOf(repository),
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
    changes: FileChanges,
    commit: Commit & { expected: string; branch?: string },
    options: { signal?: AbortSignal } = {},
  ): Promise<{ commit: string }> {
    const folder = await this.repositories.existing(repository);
    const { signal } = options;
    const expected = checkCommitId(commit.expected);
    const ref = commit.branch
      ? `refs/heads/${checkBranchName(commit.branch)}`
      : await this.repositories.defaultRef(folder);
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

  propose(...of: Parameters<Forge['propose']>): Promise<ProposedChange> {
    return this.changes.propose(...of);
  }

  listChanges(repository?: string): Promise<ProposedChange[]> {
    return this.changes.list(repository);
  }

  mergeChange(
    repository: string,
    id: string,
    by: Author,
  ): Promise<{ commit: string }> {
    return this.changes.merge(repository, id, by);
  }

  listRepositories(): Promise<string[]> {
    return this.repositories.list();
  }
}
