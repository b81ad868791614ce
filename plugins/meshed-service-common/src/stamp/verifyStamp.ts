import { STAMP_PATH } from '../model';
import { digestOf, digestOfFiles } from './digest';
import type { Stamp } from './Stamp';

/** A managed file that is not what the stamp says. @public */
export type StampProblem = {
  kind: 'missing' | 'changed' | 'extra' | 'tampered';
  path: string;
  message: string;
};

/**
 * Compares the managed files of a repository with their digests in the stamp.
 *
 * @param files - content by path: at least the managed files; other files play no part.
 * @returns what differs, sorted by path; empty when everything is as it was written.
 * @public
 */
export function verifyStamp(
  stamp: Stamp,
  files: ReadonlyMap<string, string>,
): StampProblem[] {
  const problems: StampProblem[] = [];
  const digests = stamp.status.files.flatMap(({ path, ownership, digest }) =>
    ownership === 'managed' && digest !== undefined ? [{ path, digest }] : [],
  );
  if (digestOfFiles(digests) !== stamp.status.renderedDigest)
    problems.push({
      kind: 'tampered',
      path: STAMP_PATH,
      message:
        'The digests of the files do not add up to renderedDigest: somebody has edited the stamp',
    });
  for (const { path, digest } of digests) {
    const content = files.get(path);
    if (content === undefined)
      problems.push({
        kind: 'missing',
        path,
        message: `${path} is managed, but not there`,
      });
    else if (digestOf(content) !== digest)
      problems.push({
        kind: 'changed',
        path,
        message: `${path} is managed, but differs from what was rendered`,
      });
  }
  const known = new Set(stamp.status.files.map(({ path }) => path));
  const folders = managedFolders(digests.map(({ path }) => path));
  for (const path of files.keys())
    if (!known.has(path) && folders.has(folderOf(path)))
      problems.push({
        kind: 'extra',
        path,
        message: `${path} lies in a managed folder, but was not rendered`,
      });
  return problems.sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** Folders in which every file is managed. */
function managedFolders(paths: readonly string[]): Set<string> {
  return new Set(paths.map(folderOf).filter(folder => folder !== ''));
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}
