/** Who a commit is by. The user, never the portal. */
export type Author = { name: string; email: string };

/** Content of files by path, relative to the root of a repository. Text only; mode 0644. */
export type Files = ReadonlyMap<string, string>;

export type Commit = { message: string; author: Author };

/** State of one branch: what was read, and the commit it was read at. */
export type Snapshot = { commit: string; files: Files };

/** A proposed change: a branch and a record of it (local), or a pull request (GitHub). */
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
 */
export interface Forge {
  readonly kind: 'local' | 'github';
  /** @returns the address for people (`html`) and for `git clone`. */
  addressOf(repository: string): { html: string; clone: string };
  /**
   * Reads a branch at its newest commit.
   * @param options.paths - only these files; all when absent.
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
   * Makes a repository that holds exactly these files on its default branch.
   * @throws ForgeConflictError when a repository of that name exists that is not empty.
   */
  create(
    repository: string,
    files: Files,
    commit: Commit,
    options?: { description?: string; signal?: AbortSignal },
  ): Promise<{ commit: string }>;
  /**
   * Adds a commit to a branch: files are written, `undefined` deletes.
   * @param expected - the commit that the change was computed from.
   * @throws ForgeConflictError when the branch has moved on.
   */
  commit(
    repository: string,
    changes: ReadonlyMap<string, string | undefined>,
    commit: Commit & { expected: string; branch?: string },
    options?: { signal?: AbortSignal },
  ): Promise<{ commit: string }>;
  /** Proposes changes for review. A repeat with the same branch updates the open one. */
  propose(
    repository: string,
    changes: ReadonlyMap<string, string | undefined>,
    proposal: Commit & {
      branch: string;
      title: string;
      description: string;
      expected: string;
    },
    options?: { signal?: AbortSignal },
  ): Promise<ProposedChange>;
  listChanges(repository?: string): Promise<ProposedChange[]>;
  /** @throws ForgeConflictError when it no longer applies. */
  mergeChange(
    repository: string,
    id: string,
    by: Author,
  ): Promise<{ commit: string }>;
  listRepositories(): Promise<string[]>;
}

/** Somebody else was faster, or the name is taken. */
export class ForgeConflictError extends Error {
  readonly name = 'ConflictError';
}

/** The forge could not be asked; repeating later may work. */
export class ForgeUnavailableError extends Error {
  readonly name = 'ServiceUnavailableError';
}
