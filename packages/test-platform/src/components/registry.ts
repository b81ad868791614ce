import { execFile } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The empty tree, which every git repository has. */
const emptyTree = '4b825dc642cb6eb9a060e54bf8d69288fbee4904';

const who = {
  GIT_AUTHOR_NAME: 'Platform',
  GIT_AUTHOR_EMAIL: 'platform@example.com',
  GIT_COMMITTER_NAME: 'Platform',
  GIT_COMMITTER_EMAIL: 'platform@example.com',
};

/**
 * Makes the registry, still without a claim: an ApplicationSet that finds no repository asks again after three minutes only.
 *
 * @returns its address.
 */
export async function createRegistry(repositories: string): Promise<string> {
  const folder = path.join(repositories, 'meshway-registry.git');
  mkdirSync(repositories, { recursive: true });
  const git = async (...args: string[]) => {
    const { stdout } = await run('git', args, {
      env: { ...process.env, ...who },
    });
    return stdout.trim();
  };
  await git('init', '--quiet', '--bare', '--initial-branch=main', folder);
  const tree = await git(
    '-C',
    folder,
    'hash-object',
    '-w',
    '-t',
    'tree',
    '/dev/null',
  );
  if (tree !== emptyTree) throw new Error('This git uses no SHA-1.');
  const commit = await git(
    '-C',
    folder,
    'commit-tree',
    tree,
    '-m',
    'No claim yet',
  );
  await git('-C', folder, 'update-ref', 'refs/heads/main', commit);
  return `file://${folder}`;
}
