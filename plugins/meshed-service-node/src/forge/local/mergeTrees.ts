import { gitLine } from './git';

type Entry = string | undefined;

/**
 * A three-way merge by whole files: a file that both sides changed differently is a conflict, even where lines would fit
 * together, because managed files carry a digest of all of their bytes. Works with every git.
 *
 * @returns the lines for `update-index --index-info` that turn `ours` into the merge, or the paths in conflict.
 */
export async function mergeTrees(
  folder: string,
  commits: { base: string; ours: string; theirs: string },
): Promise<{ indexLines: string[] } | { conflicts: string[] }> {
  const [base, ours, theirs] = await Promise.all(
    [commits.base, commits.ours, commits.theirs].map(commit =>
      entriesOf(folder, commit),
    ),
  );
  const conflicts: string[] = [];
  const indexLines: string[] = [];
  for (const path of new Set([...base.keys(), ...theirs.keys()])) {
    const [was, mine, wanted]: Entry[] = [base, ours, theirs].map(tree =>
      tree.get(path),
    );
    if (wanted === was || wanted === mine) continue;
    if (mine !== was) conflicts.push(path);
    else
      indexLines.push(
        wanted ? `${wanted}\t${path}\0` : `0 ${'0'.repeat(40)}\t${path}\0`,
      );
  }
  // Removals first, so that a folder may take the place of a file.
  return conflicts.length > 0
    ? { conflicts: conflicts.sort() }
    : { indexLines: indexLines.sort() };
}

/** @returns `<mode> <id>` by path. */
async function entriesOf(
  folder: string,
  commit: string,
): Promise<Map<string, string>> {
  const listing = await gitLine(folder, [
    'ls-tree',
    '-r',
    '-z',
    '--full-tree',
    commit,
  ]);
  return new Map(
    listing
      .split('\0')
      .filter(Boolean)
      .map(line => {
        const tab = line.indexOf('\t');
        const [mode, , id] = line.slice(0, tab).split(' ');
        return [line.slice(tab + 1), `${mode} ${id}`];
      }),
  );
}
