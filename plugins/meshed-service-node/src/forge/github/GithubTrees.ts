import { NotAllowedError } from '@backstage/errors';
import { Commit, FileChanges, Files, ForgeUnavailableError } from '../Forge';
import { checkFilePath } from '../places';
import { GithubConnection, isRefusal, Refusal } from './GithubConnection';
import type { KeptTexts } from './KeptTexts';

const LARGEST_TEXT = 2 * 1024 * 1024;
const READS_AT_ONCE = 8;

type Entry = {
  path: string;
  mode: string;
  type: string;
  sha: string;
  size: number;
};
type Mode = '100644' | '100755' | '040000' | '160000' | '120000';
type Kind = 'blob' | 'tree' | 'commit';

/** Commits, trees and texts of one repository, through the Git Data API. */
export class GithubTrees {
  constructor(
    private readonly connection: GithubConnection,
    private readonly repo: string,
    private readonly kept: KeptTexts,
    private readonly signal?: AbortSignal,
  ) {}

  /** @returns the commit that a branch points at. */
  async tipOf(branch: string): Promise<string | undefined> {
    const answer = await this.connection.read(
      `reading branch ${branch} of ${this.repo}`,
      octokit =>
        octokit.rest.git.getRef({ ...this.target, ref: `heads/${branch}` }),
      404,
      409,
    );
    return isRefusal(answer) ? undefined : answer.data.object.sha;
  }

  async commitOf(
    id: string,
  ): Promise<{ tree: string; message: string } | undefined> {
    const answer = await this.connection.read(
      `reading a commit of ${this.repo}`,
      octokit => octokit.rest.git.getCommit({ ...this.target, commit_sha: id }),
      404,
      409,
      422,
    );
    if (isRefusal(answer)) return undefined;
    return { tree: answer.data.tree.sha, message: answer.data.message };
  }

  async readFiles(commit: string, paths?: readonly string[]): Promise<Files> {
    const wanted = paths && new Set(paths.map(checkFilePath));
    if (wanted?.size === 0) return new Map();
    const blobs = (await this.entriesOf(commit)).filter(
      ({ path, mode, size }) =>
        mode.startsWith('100') &&
        size <= LARGEST_TEXT &&
        (!wanted || wanted.has(path)),
    );
    const files = new Map<string, string>();
    for (let next = 0; next < blobs.length; next += READS_AT_ONCE) {
      const some = blobs.slice(next, next + READS_AT_ONCE);
      const texts = await Promise.all(some.map(({ sha }) => this.textOf(sha)));
      some.forEach(({ path }, index) => {
        const text = texts[index];
        if (text !== undefined) files.set(path, text);
      });
    }
    return files;
  }

  /** @returns the tree of a commit (or an empty one) with these changes; it is spelt out whole. */
  async writeTree(
    base: string | undefined,
    changes: FileChanges,
  ): Promise<string> {
    for (const path of changes.keys()) checkFilePath(path);
    const before = base ? await this.entriesOf(base) : [];
    const kept = before
      .filter(({ path, type }) => type !== 'tree' && !changes.has(path))
      .map(({ path, mode, type, sha }) => ({
        path,
        mode: mode as Mode,
        type: type as Kind,
        sha,
      }));
    const written = [...changes].flatMap(([path, content]) =>
      content === undefined
        ? []
        : [{ path, mode: '100644' as const, type: 'blob' as const, content }],
    );
    const answer = await this.connection.write(
      `writing files of ${this.repo}`,
      octokit =>
        octokit.rest.git.createTree({
          ...this.target,
          tree: [...kept, ...written],
        }),
    );
    if (isRefusal(answer)) throw new ForgeUnavailableError(answer.message);
    return answer.data.sha;
  }

  async writeCommit(
    tree: string,
    parents: string[],
    { message, author }: Commit,
  ): Promise<string> {
    const answer = await this.connection.write(
      `writing a commit of ${this.repo}`,
      octokit =>
        octokit.rest.git.createCommit({
          ...this.target,
          tree,
          parents,
          message,
          author,
        }),
    );
    if (isRefusal(answer)) throw new ForgeUnavailableError(answer.message);
    return answer.data.sha;
  }

  /** @returns whether the branch moved; if not, somebody else was faster. Never forced: that is the compare-and-swap. */
  async moveBranch(branch: string, from: string, to: string): Promise<boolean> {
    const what = `moving branch ${branch} of ${this.repo}`;
    const answer = await this.connection.write(
      what,
      octokit =>
        octokit.rest.git.updateRef({
          ...this.target,
          ref: `heads/${branch}`,
          sha: to,
          force: false,
        }),
      409,
      422,
    );
    if (!isRefusal(answer)) return true;
    await this.refuseByRule(what, answer, branch, from);
    return false;
  }

  /** @returns whether the branch was made; if not, there is one. */
  async makeBranch(branch: string, at: string): Promise<boolean> {
    const what = `making branch ${branch} of ${this.repo}`;
    const answer = await this.connection.write(
      what,
      octokit =>
        octokit.rest.git.createRef({
          ...this.target,
          ref: `refs/heads/${branch}`,
          sha: at,
        }),
      409,
      422,
    );
    if (!isRefusal(answer)) return true;
    await this.refuseByRule(what, answer, branch, undefined);
    return false;
  }

  /**
   * GitHub says no in one way to whoever was too slow and to whom a rule of the branch keeps out. The first has to read again;
   * to the second that would never help.
   *
   * @throws NotAllowedError when the branch is where it was.
   */
  private async refuseByRule(
    what: string,
    { status, message }: Refusal,
    branch: string,
    before: string | undefined,
  ): Promise<void> {
    if (/fast.forward|already exists/i.test(message)) return;
    if ((await this.tipOf(branch)) !== before) return;
    throw new NotAllowedError(
      `GitHub refused ${what} (${status}: ${message}). Let the credentials bypass the rules of that branch: its protection, or a ruleset`,
    );
  }

  async entriesOf(commit: string): Promise<Entry[]> {
    const answer = await this.connection.read(
      `listing files of ${this.repo}`,
      octokit =>
        octokit.rest.git.getTree({
          ...this.target,
          tree_sha: commit,
          recursive: 'true',
        }),
      404,
      409,
    );
    if (isRefusal(answer)) return [];
    if (answer.data.truncated)
      throw new ForgeUnavailableError(
        `${this.repo} holds more files than GitHub lists at once; Meshway cannot work on it`,
      );
    return answer.data.tree.map(({ path, mode, type, sha, size }) => ({
      path,
      mode,
      type,
      sha,
      size: size ?? 0,
    }));
  }

  private async textOf(sha: string): Promise<string | undefined> {
    if (this.kept.has(sha)) return this.kept.get(sha);
    const answer = await this.connection.read(
      `reading a file of ${this.repo}`,
      octokit => octokit.rest.git.getBlob({ ...this.target, file_sha: sha }),
      404,
    );
    if (isRefusal(answer)) return undefined;
    const text = decode(Buffer.from(answer.data.content, 'base64'));
    this.kept.keep(sha, text);
    return text;
  }

  private get target() {
    return {
      owner: this.connection.place.owner,
      repo: this.repo,
      request: { signal: this.signal },
    };
  }
}

/** @returns the text, or undefined when it is none. */
function decode(content: Buffer): string | undefined {
  if (content.includes(0)) return undefined;
  const text = content.toString('utf8');
  return Buffer.from(text).equals(content) ? text : undefined;
}
