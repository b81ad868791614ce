import { Config } from '@backstage/config';
import { changeMessage, isChangeMessage } from '../changeMessage';
import {
  Commit,
  FileChanges,
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
  checkFilePath,
  checkRepositoryName,
} from '../places';
import { DefaultBranches } from './DefaultBranches';
import { GithubConnection, isRefusal } from './GithubConnection';
import {
  listPullRequests,
  mergePullRequest,
  openPullRequest,
} from './githubChanges';
import { connectTo, GithubPlace, githubPlaceFrom } from './GithubPlace';
import { GithubTrees } from './GithubTrees';
import { KeptTexts } from './KeptTexts';
import {
  makeGithubRepository,
  ownerIsOrganization,
} from './makeGithubRepository';

/**
 * Repositories in one organization (or of one user) on GitHub, through its API: nothing is cloned. A proposed change is a
 * pull request.
 *
 * @public
 */
export class GithubForge implements Forge {
  readonly kind = 'github';
  private readonly kept = new KeptTexts();
  private readonly defaultBranches = new DefaultBranches();

  private constructor(private readonly place: GithubPlace) {}

  /** @throws InputError naming the key when no integration knows the host. */
  static fromConfig(
    config: Config,
    place: { host: string; owner: string },
  ): GithubForge {
    return new GithubForge(githubPlaceFrom(config, place));
  }

  addressOf(repository: string): { html: string; clone: string } {
    const html = `https://${this.place.host}/${
      this.place.owner
    }/${checkRepositoryName(repository)}`;
    return { html, clone: `${html}.git` };
  }

  sourceUrl(repository: string, branch: string, path?: string): string {
    const { html } = this.addressOf(repository);
    const parts = [
      ...checkBranchName(branch).split('/'),
      ...(path?.split('/') ?? []),
    ];
    return `${html}/tree/${parts
      .filter(Boolean)
      .map(encodeURIComponent)
      .join('/')}`;
  }

  actingWith(token: string | undefined): Forge {
    return token === undefined
      ? this
      : new GithubForge({ ...this.place, token: async () => token });
  }

  async read(
    repository: string,
    options: {
      branch?: string;
      paths?: readonly string[];
      signal?: AbortSignal;
    } = {},
  ): Promise<Snapshot | undefined> {
    const { connection, trees } = await this.work(repository, options.signal);
    const commit = options.branch
      ? await trees.tipOf(checkBranchName(options.branch))
      : await this.defaultBranches.tipOf(repository, trees, () =>
          this.defaultBranch(connection, repository),
        );
    if (!commit) return undefined;
    const files = await trees.readFiles(commit, options.paths);
    return { commit, files };
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
    for (const path of files.keys()) checkFilePath(path);
    const branch = checkBranchName(options.branch ?? 'main');
    const { connection } = await this.work(repository);
    const made = await makeGithubRepository(
      connection,
      repository,
      files,
      commit,
      { ...options, branch },
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
    const expected = checkCommitId(commit.expected);
    const { connection, trees } = await this.work(repository, options.signal);
    const branch = commit.branch
      ? checkBranchName(commit.branch)
      : await this.defaultBranch(connection, repository);
    const movedOn = () =>
      new ForgeConflictError(
        `${repository}: the branch has moved on since it was read; read it again and repeat`,
      );
    if (!branch || (await trees.tipOf(branch)) !== expected) throw movedOn();
    const before = await trees.commitOf(expected);
    const tree = await trees.writeTree(expected, changes);
    if (tree === before?.tree) return { commit: expected };
    const made = await trees.writeCommit(tree, [expected], commit);
    if (!(await trees.moveBranch(branch, expected, made))) throw movedOn();
    return { commit: made };
  }

  async propose(
    repository: string,
    changes: FileChanges,
    proposal: Commit & {
      branch: string;
      title: string;
      description: string;
      expected: string;
    },
    options: { signal?: AbortSignal } = {},
  ): Promise<ProposedChange> {
    const branch = checkChangeBranch(proposal.branch);
    const expected = checkCommitId(proposal.expected);
    const { connection, trees } = await this.work(repository, options.signal);
    const base = await this.defaultBranch(connection, repository);
    if (!base)
      throw new ForgeConflictError(`There is no repository ${repository}`);
    const tip = await trees.tipOf(branch);
    const before = tip === undefined ? undefined : await trees.commitOf(tip);
    if (before && !isChangeMessage(before.message, branch))
      throw new ForgeConflictError(
        `${repository}: others have added commits to ${branch}; merge or delete that branch, then repeat`,
      );
    const tree = await trees.writeTree(expected, changes);
    if (tree !== before?.tree) {
      const message = changeMessage(proposal.message, branch);
      const parents = tip ? [tip, expected] : [expected];
      const made = await trees.writeCommit(tree, parents, {
        ...proposal,
        message,
      });
      const moved = tip
        ? await trees.moveBranch(branch, tip, made)
        : await trees.makeBranch(branch, made);
      if (!moved)
        throw new ForgeConflictError(
          `${repository}: ${branch} has moved on; repeat`,
        );
    }
    return openPullRequest(
      connection,
      repository,
      { ...proposal, branch, base },
      options.signal,
    );
  }

  async listChanges(repository?: string): Promise<ProposedChange[]> {
    if (repository !== undefined) {
      const { connection } = await this.work(repository);
      return listPullRequests(connection, repository, 'all');
    }
    const lists: ProposedChange[] = [];
    for (const name of await this.listRepositories()) {
      const { connection } = await this.work(name);
      lists.push(...(await listPullRequests(connection, name, 'open')));
    }
    return lists;
  }

  async mergeChange(
    repository: string,
    id: string,
  ): Promise<{ commit: string }> {
    const { connection } = await this.work(repository);
    return mergePullRequest(connection, repository, id);
  }

  async listRepositories(): Promise<string[]> {
    const connection = await connectTo(this.place, undefined);
    const { owner } = this.place;
    const isOrganization = await ownerIsOrganization(connection);
    const answer = await connection.read(
      `listing repositories of ${owner}`,
      async octokit => ({
        data: isOrganization
          ? await octokit.paginate(octokit.rest.repos.listForOrg, {
              org: owner,
              per_page: 100,
            })
          : await octokit.paginate(
              octokit.rest.repos.listForAuthenticatedUser,
              { affiliation: 'owner', per_page: 100 },
            ),
      }),
    );
    return isRefusal(answer) ? [] : answer.data.map(({ name }) => name).sort();
  }

  private async work(repository: string, signal?: AbortSignal) {
    signal?.throwIfAborted();
    const repo = checkRepositoryName(repository);
    const connection = await connectTo(this.place, repo);
    const trees = new GithubTrees(connection, repo, this.kept, signal);
    return { connection, trees };
  }

  private async defaultBranch(
    connection: GithubConnection,
    repo: string,
  ): Promise<string | undefined> {
    const { owner } = this.place;
    const answer = await connection.read(
      `looking for repository ${repo}`,
      octokit => octokit.rest.repos.get({ owner, repo }),
      404,
    );
    return isRefusal(answer) ? undefined : answer.data.default_branch;
  }
}
