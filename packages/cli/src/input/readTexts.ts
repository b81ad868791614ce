import { promises as fs } from 'node:fs';
import path from 'node:path';
import type { Terminal } from '../Terminal';
import { UnreadableError } from '../UnreadableError';

/** One file is a manifest, not a dump of a cluster. */
const largestFile = 10 * 1024 * 1024;

/** A text, and how errors name it. */
export type NamedText = {
  name: string;
  text: string;
  /** Found by walking a folder: it may hold something else than manifests. */
  found: boolean;
};

/**
 * Reads files, every `.yaml`, `.yml` and `.json` below folders in the order of their names, and `-` for standard input.
 * Hidden files and folders are left alone.
 */
export async function readTexts(
  names: readonly string[],
  terminal: Pick<Terminal, 'readStdin'>,
): Promise<NamedText[]> {
  const texts: NamedText[] = [];
  for (const name of names) {
    if (name === '-') {
      texts.push({
        name: 'standard input',
        text: await terminal.readStdin(),
        found: false,
      });
    } else if ((await fs.stat(name)).isDirectory()) {
      for (const file of await manifestsBelow(name))
        texts.push({ name: file, text: await readText(file), found: true });
    } else texts.push({ name, text: await readText(name), found: false });
  }
  return texts;
}

async function manifestsBelow(folder: string): Promise<string[]> {
  const entries = await fs.readdir(folder, { withFileTypes: true });
  const nested = await Promise.all(
    entries
      .filter(entry => !entry.name.startsWith('.'))
      .sort((a, b) => (a.name < b.name ? -1 : 1))
      .map(async entry => {
        const name = path.join(folder, entry.name);
        if (entry.isDirectory())
          return entry.name === 'node_modules' ? [] : manifestsBelow(name);
        return entry.isFile() && /\.(?:ya?ml|json)$/.test(entry.name)
          ? [name]
          : [];
      }),
  );
  return nested.flat();
}

async function readText(file: string): Promise<string> {
  const { size } = await fs.stat(file);
  if (size > largestFile)
    throw new UnreadableError(
      `${file}: is larger than ${largestFile / 1024 / 1024} MiB`,
    );
  const bytes = await fs.readFile(file);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new UnreadableError(`${file}: is not UTF-8 text`);
  }
}
