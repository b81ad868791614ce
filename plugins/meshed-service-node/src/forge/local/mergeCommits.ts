import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Commit, ForgeConflictError } from '../Forge';
import { git, gitLine, GitRefusal } from './git';
import { mergeTrees } from './mergeTrees';
import { writeCommit } from './objects';

/** @returns a commit that merges `theirs` into `ours` and that no ref points at yet, or the files in conflict. */
export async function mergeCommits(
  folder: string,
  { ours, theirs }: { ours: string; theirs: string },
  commit: Commit,
): Promise<{ commit: string } | { conflicts: string[] }> {
  const base = await mergeBase(folder, ours, theirs);
  const merged = await mergeTrees(folder, { base, ours, theirs });
  if ('conflicts' in merged) return merged;
  const place = await mkdtemp(join(folder, 'meshway-index-'));
  const env = { GIT_INDEX_FILE: join(place, 'index') };
  try {
    await git(folder, ['read-tree', ours], { env });
    await git(folder, ['update-index', '-z', '--index-info'], {
      input: merged.indexLines.join(''),
      env,
    });
    const tree = await gitLine(folder, ['write-tree'], { env });
    return { commit: await writeCommit(folder, tree, [ours, theirs], commit) };
  } finally {
    await rm(place, { recursive: true, force: true });
  }
}

async function mergeBase(
  folder: string,
  ours: string,
  theirs: string,
): Promise<string> {
  try {
    return await gitLine(folder, ['merge-base', ours, theirs]);
  } catch (error) {
    if (error instanceof GitRefusal)
      throw new ForgeConflictError(
        'The change shares no history with the default branch; propose it again',
      );
    throw error;
  }
}
