import { InputError } from '@backstage/errors';
import { lstat, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { checkFilePath } from '../forge/places';

/** Texts by path, relative to the skeleton; paths may hold variables, too. */
export type Skeleton = ReadonlyMap<string, string>;

const MOST_FILES = 500;
const LARGEST = 256 * 1024;

/**
 * Reads the folder of a skeleton. What could not be rendered and judged is refused: links, devices, binary and very large
 * files, and anything in a `.git` folder.
 *
 * @throws InputError naming the file.
 */
export async function readSkeleton(folder: string): Promise<Skeleton> {
  const files = new Map<string, string>();
  await readFolder(folder, '', files);
  if (files.size === 0)
    throw new InputError(`The skeleton ${folder} holds no file`);
  return files;
}

async function readFolder(
  root: string,
  path: string,
  files: Map<string, string>,
): Promise<void> {
  for (const name of await entriesOf(root, path)) {
    const child = path ? `${path}/${name}` : name;
    const place = join(root, child);
    checkFilePath(child);
    const entry = await lstat(place);
    if (entry.isDirectory()) await readFolder(root, child, files);
    else if (!entry.isFile())
      throw new InputError(
        `${place} is a link or a device; a skeleton holds plain files only`,
      );
    else if (entry.size > LARGEST)
      throw new InputError(`${place} is larger than 256 kB`);
    else if (files.size >= MOST_FILES)
      throw new InputError(`${root} holds more than ${MOST_FILES} files`);
    else files.set(child, textOf(await readFile(place), place));
  }
}

async function entriesOf(root: string, path: string): Promise<string[]> {
  try {
    return (await readdir(join(root, path))).sort();
  } catch {
    throw new InputError(
      `The skeleton ${root} cannot be read; meshedService.skeletons says where it lies`,
    );
  }
}

function textOf(content: Buffer, place: string): string {
  const text = content.toString('utf8');
  if (content.includes(0) || !Buffer.from(text).equals(content))
    throw new InputError(
      `${place} is not a text in UTF-8; a skeleton holds plain texts only`,
    );
  return text;
}
