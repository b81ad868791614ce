import { ForgeConflictError, ProposedChange } from '../Forge';
import { CHANGE_BRANCH_PREFIX } from '../places';
import { GithubConnection, isRefusal } from './GithubConnection';

type PullRequest = {
  number: number;
  title: string;
  body: string | null;
  state: string;
  merged_at: string | null;
  html_url: string;
  user: { login: string } | null;
  head: { ref: string; repo: { name: string } | null };
};

/** @returns the pull requests that are ours, the newest first. */
export async function listPullRequests(
  connection: GithubConnection,
  repo: string,
  state: 'open' | 'all',
): Promise<ProposedChange[]> {
  const { owner } = connection.place;
  const answer = await connection.read(
    `listing pull requests of ${repo}`,
    async octokit => ({
      data: await octokit.paginate(octokit.rest.pulls.list, {
        owner,
        repo,
        state,
        per_page: 100,
      }),
    }),
    404,
  );
  if (isRefusal(answer)) return [];
  return answer.data
    .filter(({ head }) => head.ref.startsWith(CHANGE_BRANCH_PREFIX))
    .map(pull => changeOf(repo, pull));
}

/** Opens a pull request for a branch, or brings the open one up to date. */
export async function openPullRequest(
  connection: GithubConnection,
  repo: string,
  wanted: { branch: string; base: string; title: string; description: string },
  signal?: AbortSignal,
): Promise<ProposedChange> {
  const { owner } = connection.place;
  const { branch: head, base, title, description: body } = wanted;
  const request = { signal };
  const made = await connection.write(
    `opening a pull request on ${repo}`,
    octokit =>
      octokit.rest.pulls.create({
        owner,
        repo,
        head,
        base,
        title,
        body,
        request,
      }),
    422,
  );
  if (!isRefusal(made)) return changeOf(repo, made.data);
  const open = (await listPullRequests(connection, repo, 'open')).find(
    ({ branch }) => branch === head,
  );
  if (!open)
    throw new ForgeConflictError(
      `GitHub opens no pull request for ${head} of ${repo}: ${made.message}`,
    );
  if (open.title === title && open.description === body) return open;
  const updated = await connection.write(
    `updating pull request ${open.id} of ${repo}`,
    octokit =>
      octokit.rest.pulls.update({
        owner,
        repo,
        pull_number: Number(open.id),
        title,
        body,
        request,
      }),
  );
  return isRefusal(updated) ? open : changeOf(repo, updated.data);
}

/** @throws ForgeConflictError when it no longer applies. */
export async function mergePullRequest(
  connection: GithubConnection,
  repo: string,
  id: string,
): Promise<{ commit: string }> {
  const { owner } = connection.place;
  const notOpen = () =>
    new ForgeConflictError(
      `${repo}: pull request ${id} is not an open change; propose it again`,
    );
  if (!/^[1-9]\d{0,9}$/.test(id)) throw notOpen();
  const pull_number = Number(id);
  const pull = await connection.read(
    `reading pull request ${id} of ${repo}`,
    octokit => octokit.rest.pulls.get({ owner, repo, pull_number }),
    404,
  );
  if (isRefusal(pull)) throw notOpen();
  const { merged, merge_commit_sha: commit, state, head } = pull.data;
  if (!head.ref.startsWith(CHANGE_BRANCH_PREFIX)) throw notOpen();
  if (merged && commit) return { commit };
  if (state !== 'open') throw notOpen();
  const done = await connection.write(
    `merging pull request ${id} of ${repo}`,
    octokit =>
      octokit.rest.pulls.merge({ owner, repo, pull_number, sha: head.sha }),
    405,
    409,
    422,
  );
  if (isRefusal(done))
    throw new ForgeConflictError(
      `${repo}: change ${id} cannot be merged as it is (${done.message}); review it on GitHub, or propose it again`,
    );
  return { commit: done.data.sha };
}

function changeOf(repository: string, pull: PullRequest): ProposedChange {
  return {
    id: String(pull.number),
    repository,
    branch: pull.head.ref,
    title: pull.title,
    description: pull.body ?? '',
    author: pull.user?.login ?? '',
    state: stateOf(pull),
    url: pull.html_url,
  };
}

function stateOf({ merged_at, state }: PullRequest): ProposedChange['state'] {
  if (merged_at) return 'merged';
  return state === 'open' ? 'open' : 'closed';
}
