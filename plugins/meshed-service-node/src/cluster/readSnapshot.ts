import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { observedKinds } from '@meshway/plugin-meshed-service-common';
import { Listing, listFiles, SnapshotFile } from './listFiles';
import { readSnapshotFile } from './readSnapshotFile';
import {
  ClusterSnapshot,
  SNAPSHOT_FILE,
  snapshotBounds,
  SnapshotOptions,
} from './ClusterSnapshot';
import { SnapshotReading } from './SnapshotReading';

/**
 * Reads a folder of Kubernetes objects. What is wrong in it is told in the answer, with file and line.
 * @throws when the folder itself cannot be read.
 *
 * @public
 */
export async function readSnapshot(
  folder: string,
  { now, ...options }: { now: string } & SnapshotOptions,
): Promise<ClusterSnapshot> {
  return readListedSnapshot(folder, await listFiles(folder), now, options);
}

/** Reads a folder that has just been listed. */
export async function readListedSnapshot(
  folder: string,
  listing: Listing,
  now: string,
  options: SnapshotOptions = {},
): Promise<ClusterSnapshot> {
  const reading = new SnapshotReading(options);
  for (const problem of listing.problems) reading.lose(problem, observedKinds);

  let bytes = 0;
  let takenAt: string | undefined;
  let namespace: string | undefined;
  for (const file of listing.files) {
    bytes += file.bytes;
    const over = whyTooLarge(file, bytes);
    const text = over ?? (await readText(folder, file.path));
    if (over || typeof text !== 'string') {
      const message = over ?? 'is not UTF-8 text, or has just gone';
      reading.lose({ file: file.path, message }, observedKinds);
    } else if (file.path === SNAPSHOT_FILE) {
      const facts = readSnapshotFile(text, now);
      ({ takenAt, namespace } = facts);
      reading.gaps.push(...facts.gaps);
      for (const problem of facts.problems)
        reading.lose(problem, observedKinds);
    } else {
      reading.read(file.path, text);
    }
  }
  const modified = listing.files.map(each => each.modified);
  return {
    takenAt: takenAt ?? newestOf(modified) ?? now,
    ...(namespace === undefined ? {} : { namespace }),
    ...reading.result(),
  };
}

function newestOf(modified: readonly number[]): string | undefined {
  return modified.length === 0
    ? undefined
    : new Date(modified.reduce((a, b) => Math.max(a, b))).toISOString();
}

function whyTooLarge(
  { bytes }: SnapshotFile,
  total: number,
): string | undefined {
  if (bytes > snapshotBounds.fileBytes) {
    return `is larger than ${snapshotBounds.fileBytes} bytes`;
  }
  return total > snapshotBounds.totalBytes
    ? `goes beyond ${snapshotBounds.totalBytes} bytes of all files`
    : undefined;
}

/** A file that has become a link since it was listed is not opened. */
async function readText(
  folder: string,
  path: string,
): Promise<string | undefined> {
  try {
    const file = await open(
      join(folder, path),
      // eslint-disable-next-line no-bitwise -- flags of the operating system
      constants.O_RDONLY | constants.O_NOFOLLOW,
    );
    try {
      const bytes = await file.readFile();
      return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    } finally {
      await file.close();
    }
  } catch {
    return undefined;
  }
}
