import { createReadStream, promises as fs } from 'node:fs';
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
 * Hidden files and folders are left alone; a link, or anything else that would be passed over unjudged, is refused.
 */
export async function readTexts(
  names: readonly string[],
  terminal: Pick<Terminal, 'readStdin'>,
): Promise<NamedText[]> {
  const texts: NamedText[] = [];
  for (const name of names) {
    if (name === '-') {
      const standardInput = 'standard input';
      texts.push({
        name: standardInput,
        text: await textOf(standardInput, terminal.readStdin()),
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
      .filter(({ name }) => !name.startsWith('.') && name !== 'node_modules')
      .sort((a, b) => (a.name < b.name ? -1 : 1))
      .map(async entry => {
        const name = path.join(folder, entry.name);
        if (entry.isDirectory()) return manifestsBelow(name);
        const isManifest = /\.(?:ya?ml|json)$/.test(entry.name);
        if (entry.isFile()) return isManifest ? [name] : [];
        if (isManifest || (await leadsToFolder(name)))
          throw new UnreadableError(
            `${name}: is a link or no plain file, and would not be read; name what it leads to instead`,
          );
        return [];
      }),
  );
  return nested.flat();
}

async function leadsToFolder(name: string): Promise<boolean> {
  const target = await fs.stat(name).catch(() => undefined);
  return target?.isDirectory() ?? false;
}

function readText(file: string): Promise<string> {
  return textOf(file, createReadStream(file));
}

/** Counts while it reads: the size of a pipe or a device is not known before. */
async function textOf(
  name: string,
  chunks: AsyncIterable<Uint8Array>,
): Promise<string> {
  const read: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of chunks) {
    size += chunk.length;
    if (size > largestFile)
      throw new UnreadableError(
        `${name}: is larger than ${largestFile / 1024 / 1024} MiB`,
      );
    read.push(chunk);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(
      Buffer.concat(read),
    );
  } catch {
    throw new UnreadableError(`${name}: is not UTF-8 text`);
  }
}
