import { Dirent } from 'node:fs';
import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { SourceProblem } from '@meshway/plugin-meshed-service-common';
import { snapshotBounds } from './ClusterSnapshot';

export type SnapshotFile = {
  /** Relative to the folder, with slashes. */
  path: string;
  bytes: number;
  modified: number;
};

/** The files of a snapshot, in a fixed order, and what was left out. */
export type Listing = { files: SnapshotFile[]; problems: SourceProblem[] };

const readable = /\.(ya?ml|json)$/;

/**
 * Lists what a snapshot folder holds. Links are never followed: they could lead out of it.
 * @throws when the folder itself cannot be read.
 */
export async function listFiles(folder: string): Promise<Listing> {
  const listing: Listing = { files: [], problems: [] };
  const entries = await readdir(folder, { withFileTypes: true });
  await walk(folder, '', entries, 1, listing);
  return listing;
}

async function walk(
  root: string,
  below: string,
  entries: Dirent[],
  depth: number,
  listing: Listing,
): Promise<void> {
  const sorted = [...entries].sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of sorted) {
    const path = below ? `${below}/${entry.name}` : entry.name;
    const refuse = (message: string) =>
      listing.problems.push({ file: path, message });
    if (entry.name.startsWith('.')) continue;
    if (entry.isSymbolicLink()) {
      refuse('is a link; a snapshot holds files and folders only');
    } else if (entry.isDirectory()) {
      if (depth >= snapshotBounds.depth) {
        refuse(`lies deeper than ${snapshotBounds.depth} folders`);
      } else {
        const inner = await entriesOf(join(root, path));
        if (inner) await walk(root, path, inner, depth + 1, listing);
        else refuse('cannot be read');
      }
    } else if (!readable.test(entry.name)) {
      continue;
    } else if (!entry.isFile()) {
      refuse('is no plain file; a snapshot holds files and folders only');
    } else {
      if (listing.files.length >= snapshotBounds.files) {
        refuse(`is beyond the first ${snapshotBounds.files} files`);
        return;
      }
      const { size, mtimeMs } = await lstat(join(root, path));
      listing.files.push({ path, bytes: size, modified: mtimeMs });
    }
  }
}

function entriesOf(folder: string): Promise<Dirent[] | undefined> {
  return readdir(folder, { withFileTypes: true }).catch(() => undefined);
}
