/**
 * Who a commit is by. The user, never the portal.
 *
 * @public
 */
export type Author = { name: string; email: string };

/**
 * Content of files by path, relative to the root of a repository. Text only; mode 0644.
 *
 * @public
 */
export type Files = ReadonlyMap<string, string>;

/**
 * What becomes of files, by path: a text is written, `undefined` deletes. Files that are not named stay as they are.
 *
 * @public
 */
export type FileChanges = ReadonlyMap<string, string | undefined>;

/**
 * What a commit says, and who says it.
 *
 * @public
 */
export type Commit = { message: string; author: Author };

/**
 * State of one branch: what was read, and the commit it was read at. Links, binary and very large files are left out.
 *
 * @public
 */
export type Snapshot = { commit: string; files: Files };

/**
 * A proposed change: a branch and a record of it (local), or a pull request (GitHub).
 *
 * @public
 */
export type ProposedChange = {
  /** Unique in its repository. */
  id: string;
  repository: string;
  branch: string;
  title: string;
  description: string;
  author: string;
  state: 'open' | 'merged' | 'closed';
  /** For people. */
  url: string;
};

/**
 * Where repositories live. Every write is whole or nothing, and safe to repeat.
 *
 * Methods throw `ForgeConflictError` when somebody else was faster, `ForgeUnavailableError` when the forge could not be
 * asked; never anything that holds a credential.
 *
 * @public
 */
export interface Forge {
  /** Which of the forges it is. */
  readonly kind: 'local' | 'github';
  /** Where a repository is: the address for people (`html`), and for `git clone`. */
  addressOf(repository: string): { html: string; clone: string };
  /** The address of a folder or file on a branch: for people, and for the UrlReader that belongs to the forge. */
  sourceUrl(repository: string, branch: string, path?: string): string;
  /** The same forge, which writes with the user's own token; itself when there is no token, or no use for one. */
  actingWith(token: string | undefined): Forge;
  /**
   * Reads a branch at its newest commit.
   * @param options - `paths`: only these files; all when absent.
   * @returns undefined when there is no such repository or branch.
   */
  read(
    repository: string,
    options?: {
      branch?: string;
      paths?: readonly string[];
      signal?: AbortSignal;
    },
  ): Promise<Snapshot | undefined>;
  /**
   * Makes a repository that holds exactly these files on its default branch. A repository that is there and empty (left
   * by an interrupted run) is filled.
   * @param options - `branch`: name of the default branch; `main` when absent.
   * @throws ForgeConflictError when a repository of that name exists that is not empty.
   */
  create(
    repository: string,
    files: Files,
    commit: Commit,
    options?: { description?: string; branch?: string; signal?: AbortSignal },
  ): Promise<{ commit: string }>;
  /**
   * Adds a commit to a branch: files are written, `undefined` deletes. Where that changes nothing, none is added.
   * @param commit - `expected`: the commit that the change was computed from.
   * @throws ForgeConflictError when the branch has moved on.
   */
  commit(
    repository: string,
    changes: FileChanges,
    commit: Commit & { expected: string; branch?: string },
    options?: { signal?: AbortSignal },
  ): Promise<{ commit: string }>;
  /**
   * Proposes changes for review. A repeat with the same branch updates the open one.
   * @throws ForgeConflictError when others have added commits to that branch.
   */
  propose(
    repository: string,
    changes: FileChanges,
    proposal: Commit & {
      branch: string;
      title: string;
      description: string;
      expected: string;
    },
    options?: { signal?: AbortSignal },
  ): Promise<ProposedChange>;
  /** Changes that are open, of one repository or of all; of one repository also those that are merged or closed. */
  listChanges(repository?: string): Promise<ProposedChange[]>;
  /**
   * Merges a change into the default branch; one that is merged already is left as it is.
   * @throws ForgeConflictError when it no longer applies.
   */
  mergeChange(
    repository: string,
    id: string,
    by: Author,
  ): Promise<{ commit: string }>;
  /** Names of the repositories that are there. */
  listRepositories(): Promise<string[]>;
}

/**
 * Somebody else was faster, or the name is taken.
 *
 * @public
 */
export class ForgeConflictError extends Error {
  readonly name = 'ConflictError';
}

/**
 * The forge could not be asked; repeating later may work.
 *
 * @public
 */
export class ForgeUnavailableError extends Error {
  readonly name = 'ServiceUnavailableError';
}
