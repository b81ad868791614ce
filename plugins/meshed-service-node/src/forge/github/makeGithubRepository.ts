import {
  Commit,
  Files,
  ForgeConflictError,
  ForgeUnavailableError,
} from '../Forge';
import { GithubConnection, isRefusal } from './GithubConnection';
import { GithubTrees } from './GithubTrees';
import { KeptTexts } from './KeptTexts';

/** GitHub takes no commit into a repository that holds none; this file makes the first one, and the second removes it. */
const FIRST_FILE = '.meshway';

/**
 * Makes a repository in steps, each of which finds what an interrupted run has left: the repository, its first file, its
 * content. The last step is the one that counts, and of two runs one wins it.
 *
 * @returns the commit, or undefined when a repository that is not empty is there.
 */
export async function makeGithubRepository(
  connection: GithubConnection,
  repo: string,
  files: Files,
  commit: Commit,
  options: { branch: string; description?: string; signal?: AbortSignal },
): Promise<string | undefined> {
  const { branch, signal } = options;
  const trees = new GithubTrees(connection, repo, new KeptTexts(), signal);
  await makeEmpty(connection, repo, options);
  let tip = await trees.tipOf(branch);
  if (!tip) {
    if (await hasBranches(connection, repo, signal)) return undefined;
    await writeFirstFile(connection, repo, branch, signal);
    tip = await trees.tipOf(branch);
  }
  if (!tip)
    throw new ForgeUnavailableError(
      `GitHub has not made branch ${branch} of ${repo} yet; repeat`,
    );
  const entries = await trees.entriesOf(tip);
  if (entries.some(({ path }) => path !== FIRST_FILE)) return undefined;
  await makeDefault(connection, repo, branch, signal);
  const tree = await trees.writeTree(undefined, files);
  const made = await trees.writeCommit(tree, [tip], commit);
  return (await trees.moveBranch(branch, tip, made)) ? made : undefined;
}

async function makeEmpty(
  connection: GithubConnection,
  repo: string,
  { description, signal }: { description?: string; signal?: AbortSignal },
): Promise<void> {
  const { owner } = connection.place;
  const request = { signal };
  const settings = {
    name: repo,
    description: description?.slice(0, 350),
    private: true,
    request,
  };
  const isOrganization = await ownerIsOrganization(connection, signal);
  const refused = isOrganization
    ? await connection.write(
        `making repository ${repo}`,
        octokit => octokit.rest.repos.createInOrg({ ...settings, org: owner }),
        422,
      )
    : await connection.write(
        `making repository ${repo}`,
        octokit => octokit.rest.repos.createForAuthenticatedUser(settings),
        422,
      );
  if (!isRefusal(refused)) return;
  const there = await connection.read(
    `looking for repository ${repo}`,
    octokit => octokit.rest.repos.get({ owner, repo, request }),
    404,
  );
  if (isRefusal(there))
    throw new ForgeConflictError(
      `GitHub makes no repository ${repo} in ${owner}: ${refused.message}`,
    );
}

/** @returns whether repositories are made in an organization, and not in the account of a user. */
export async function ownerIsOrganization(
  connection: GithubConnection,
  signal?: AbortSignal,
): Promise<boolean> {
  const { owner } = connection.place;
  const answer = await connection.read(
    `looking for ${owner}`,
    octokit =>
      octokit.rest.users.getByUsername({
        username: owner,
        request: { signal },
      }),
    404,
  );
  if (isRefusal(answer))
    throw new ForgeUnavailableError(
      `GitHub knows no ${owner}; set meshedService.forge.github.owner to an organization or user`,
    );
  return answer.data.type === 'Organization';
}

async function hasBranches(
  connection: GithubConnection,
  repo: string,
  signal?: AbortSignal,
): Promise<boolean> {
  const { owner } = connection.place;
  const answer = await connection.read(
    `listing branches of ${repo}`,
    octokit =>
      octokit.rest.repos.listBranches({
        owner,
        repo,
        per_page: 1,
        request: { signal },
      }),
    404,
    409,
  );
  return !isRefusal(answer) && answer.data.length > 0;
}

async function writeFirstFile(
  connection: GithubConnection,
  repo: string,
  branch: string,
  signal?: AbortSignal,
): Promise<void> {
  await connection.write(
    `writing the first file of ${repo}`,
    octokit =>
      octokit.rest.repos.createOrUpdateFileContents({
        owner: connection.place.owner,
        repo,
        path: FIRST_FILE,
        branch,
        message: 'Begin\n',
        content: '',
        request: { signal },
      }),
    // Somebody else did.
    409,
    422,
  );
}

async function makeDefault(
  connection: GithubConnection,
  repo: string,
  branch: string,
  signal?: AbortSignal,
): Promise<void> {
  const { owner } = connection.place;
  const request = { signal };
  const answer = await connection.read(
    `looking for repository ${repo}`,
    octokit => octokit.rest.repos.get({ owner, repo, request }),
  );
  if (isRefusal(answer) || answer.data.default_branch === branch) return;
  await connection.write(`choosing the default branch of ${repo}`, octokit =>
    octokit.rest.repos.update({
      owner,
      repo,
      default_branch: branch,
      request,
    }),
  );
}
