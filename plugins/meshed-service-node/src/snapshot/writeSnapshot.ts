import { InputError } from '@backstage/errors';
import {
  lstat,
  mkdtemp,
  readdir,
  rename,
  rm,
  writeFile,
} from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';

/**
 * Writes files into a folder that is not there yet, or empty: all of them, or none. They are written beside it, and then take
 * its place.
 *
 * @throws InputError when something is there already; what the operating system says when it cannot be written.
 *
 * @public
 */
export async function writeSnapshot(
  folder: string,
  files: ReadonlyMap<string, string>,
): Promise<void> {
  const place = resolve(folder);
  await refuseUnlessFree(folder);
  const beside = await mkdtemp(
    join(dirname(place), `.${basename(place)}-unfinished-`),
  );
  try {
    for (const [name, text] of files)
      await writeFile(join(beside, name), text, { flag: 'wx' });
    await rename(beside, place);
  } catch (error) {
    await rm(beside, { recursive: true, force: true });
    throw isOneOf(error, ['ENOTEMPTY', 'EEXIST', 'ENOTDIR'])
      ? occupied(folder)
      : error;
  }
}

/**
 * Asked before a cluster is, too, so that nobody waits in vain.
 *
 * @throws InputError when something stands where a snapshot is to go.
 *
 * @public
 */
export async function refuseUnlessFree(folder: string): Promise<void> {
  const place = resolve(folder);
  const found = await lstat(place).catch(error => {
    if (isOneOf(error, ['ENOENT'])) return undefined;
    throw error;
  });
  if (!found) return;
  if (!found.isDirectory() || (await readdir(place)).length > 0)
    throw occupied(folder);
}

function occupied(folder: string): InputError {
  return new InputError(
    `${folder} is there already, and is no empty folder; name one that is not there yet. Nothing was written.`,
  );
}

function isOneOf(error: unknown, codes: readonly string[]): boolean {
  return codes.includes(Object(error).code);
}
