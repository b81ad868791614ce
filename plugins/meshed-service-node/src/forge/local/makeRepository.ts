import { mkdir, mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Commit, Files, ForgeUnavailableError } from '../Forge';
import { errorCode } from './errorCode';
import { git, gitLine } from './git';
import { moveRefs, writeCommit, writeTree } from './objects';

const UNFINISHED = '.making-';
const AN_HOUR = 60 * 60 * 1000;

/**
 * Makes a bare repository out of sight and moves it to its place when it is whole: nobody ever sees half of one, and of
 * two that make the same one, one wins.
 *
 * @returns the first commit, or undefined when a repository that is not empty is there.
 */
export async function makeRepository(
  folder: string,
  files: Files,
  commit: Commit,
  options: { branch: string; description?: string; signal?: AbortSignal },
): Promise<string | undefined> {
  const root = dirname(folder);
  try {
    await mkdir(root, { recursive: true });
  } catch (error) {
    throw new ForgeUnavailableError(
      `The folder of the local forge cannot be made (${errorCode(
        error,
      )}); set meshedService.forge.local.path to one that can`,
    );
  }
  await removeUnfinished(root);
  const place = await mkdtemp(join(root, UNFINISHED));
  try {
    const { branch, signal } = options;
    await git(place, ['init', '--quiet', '--bare', '--template='], { signal });
    await git(place, ['symbolic-ref', 'HEAD', `refs/heads/${branch}`]);
    const made = await firstCommit(place, files, commit, signal);
    const ref = `refs/heads/${branch}`;
    await moveRefs(place, [{ ref, from: undefined, to: made }]);
    if (await moveIfFree(place, folder)) return made;
    return await fillIfEmpty(folder, files, commit, options);
  } finally {
    await rm(place, { recursive: true, force: true });
  }
}

async function firstCommit(
  folder: string,
  files: Files,
  commit: Commit,
  signal?: AbortSignal,
): Promise<string> {
  const tree = await writeTree(folder, undefined, files, signal);
  return writeCommit(folder, tree, [], commit, signal);
}

async function moveIfFree(from: string, to: string): Promise<boolean> {
  try {
    // Renaming onto a folder that holds anything fails, in one step, on every file system.
    await rename(from, to);
    return true;
  } catch (error) {
    if (['ENOTEMPTY', 'EEXIST'].includes(errorCode(error) ?? '')) return false;
    throw error;
  }
}

/** A repository that somebody made by hand (`git init --bare`) and never wrote to. */
async function fillIfEmpty(
  folder: string,
  files: Files,
  commit: Commit,
  { branch, signal }: { branch: string; signal?: AbortSignal },
): Promise<string | undefined> {
  if ((await gitLine(folder, ['for-each-ref', '--count=1'])) !== '')
    return undefined;
  const made = await firstCommit(folder, files, commit, signal);
  const ref = `refs/heads/${branch}`;
  if (!(await moveRefs(folder, [{ ref, from: undefined, to: made }])))
    return undefined;
  await git(folder, ['symbolic-ref', 'HEAD', ref]);
  return made;
}

/** What a process that was killed has left behind. */
async function removeUnfinished(root: string): Promise<void> {
  const now = Date.now();
  for (const entry of await readdir(root)) {
    if (!entry.startsWith(UNFINISHED)) continue;
    const path = join(root, entry);
    const changed = await stat(path).catch(() => undefined);
    if (changed && now - changed.mtimeMs > AN_HOUR)
      await rm(path, { recursive: true, force: true });
  }
}
