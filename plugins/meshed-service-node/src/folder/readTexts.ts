import { InputError } from '@backstage/errors';
import { lstat, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { checkFilePath } from '../forge/places';

const MOST_FILES = 500;
const LARGEST = 256 * 1024;

/**
 * Reads a folder of texts. What could not be rendered or judged is refused: links, devices, binary and very large files,
 * and anything in a `.git` folder.
 *
 * @param what - how errors call the folder, with the setting that names it.
 * @returns content by path relative to the folder, sorted.
 * @throws InputError naming the file.
 */
export async function readTexts(
  folder: string,
  what: { name: string; setting: string },
): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  try {
    await readdir(folder);
  } catch {
    throw new InputError(
      `${what.name} ${folder} cannot be read; ${what.setting} says where it lies`,
    );
  }
  await readFolder(folder, '', files);
  if (files.size === 0)
    throw new InputError(
      `${what.name} ${folder} holds no file; ${what.setting} says where it lies`,
    );
  return files;
}

async function readFolder(
  root: string,
  path: string,
  files: Map<string, string>,
): Promise<void> {
  for (const name of (await readdir(join(root, path))).sort()) {
    const child = path ? `${path}/${name}` : name;
    const place = join(root, child);
    checkFilePath(child);
    const entry = await lstat(place);
    if (entry.isDirectory()) await readFolder(root, child, files);
    else if (!entry.isFile())
      throw new InputError(
        `${place} is a link or a device; only plain files are read`,
      );
    else if (entry.size > LARGEST)
      throw new InputError(`${place} is larger than 256 kB`);
    else if (files.size >= MOST_FILES)
      throw new InputError(`${root} holds more than ${MOST_FILES} files`);
    else files.set(child, textOf(await readFile(place), place));
  }
}

function textOf(content: Buffer, place: string): string {
  const text = content.toString('utf8');
  if (content.includes(0) || !Buffer.from(text).equals(content))
    throw new InputError(
      `${place} is not a text in UTF-8; only plain texts are read`,
    );
  return text;
}
