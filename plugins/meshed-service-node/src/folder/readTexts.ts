import { InputError } from '@backstage/errors';
import { lstat, readdir, readFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { checkFilePath } from '../forge/places';

const MOST_FILES = 500;
const LARGEST = 256 * 1024;

/**
 * Reads a folder of texts. What could not be rendered or judged is refused: links, devices, binary and very large files,
 * and anything in a `.git` folder. Errors reach whoever asks for a service, so they name the end of a path only: the rest
 * is the server's business.
 *
 * @param what - how errors call the folder, with the setting that names it.
 * @returns content by path relative to the folder, sorted.
 * @throws InputError naming the file.
 *
 * @public
 */
export async function readTexts(
  folder: string,
  what: { name: string; setting: string },
): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  const refuse = (message: string) => new InputError(`${what.name} ${message}`);
  const refuseFolder = (why: string) =>
    refuse(`${endOf(folder)} ${why}; ${what.setting} says where it lies`);
  try {
    await readdir(folder);
  } catch {
    throw refuseFolder('cannot be read');
  }
  await readFolder(folder, '', files, refuse);
  if (files.size === 0) throw refuseFolder('holds no file');
  return files;
}

type Refuse = (message: string) => InputError;

async function readFolder(
  root: string,
  path: string,
  files: Map<string, string>,
  refuse: Refuse,
): Promise<void> {
  for (const name of (await readdir(join(root, path))).sort()) {
    const child = path ? `${path}/${name}` : name;
    const place = join(root, child);
    checkFilePath(child);
    const entry = await lstat(place);
    const refuseFile = (why: string) => refuse(`holds ${child}, which ${why}`);
    if (entry.isDirectory()) await readFolder(root, child, files, refuse);
    else if (!entry.isFile())
      throw refuseFile('is a link or a device; only plain files are read');
    else if (entry.size > LARGEST) throw refuseFile('is larger than 256 kB');
    else if (files.size >= MOST_FILES)
      throw refuse(`holds more than ${MOST_FILES} files`);
    else {
      const text = textOf(await readFile(place));
      if (text === undefined)
        throw refuseFile('is not a text in UTF-8; only plain texts are read');
      files.set(child, text);
    }
  }
}

function textOf(content: Buffer): string | undefined {
  const text = content.toString('utf8');
  return content.includes(0) || !Buffer.from(text).equals(content)
    ? undefined
    : text;
}

function endOf(folder: string): string {
  const whole = resolve(folder);
  return join(basename(dirname(whole)), basename(whole));
}
