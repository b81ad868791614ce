import { rm, mkdtemp, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Commit, FileChanges, Files, ForgeUnavailableError } from '../Forge';
import { checkFilePath } from '../places';
import { commitEnvironment, git, gitLine, GitRefusal } from './git';

/** In place of a commit: "there must be none". */
export const NOTHING = '0'.repeat(40);

/** Larger files are the team's own (images, archives); nothing that Meshway writes or compares comes near. */
const LARGEST_TEXT = 2 * 1024 * 1024;

/** @returns the commit that a ref points at, or undefined. */
export async function readRef(
  folder: string,
  ref: string,
): Promise<string | undefined> {
  // Most refs are files of their own, which git replaces as a whole; of all others git knows.
  const text = await readFile(join(folder, ref), 'utf8').catch(() => '');
  if (/^[0-9a-f]{40}\n$/.test(text)) return text.trim();
  try {
    return await gitLine(folder, [
      'rev-parse',
      '--verify',
      '--quiet',
      `${ref}^{commit}`,
    ]);
  } catch (error) {
    if (error instanceof GitRefusal) return undefined;
    throw error;
  }
}

/** @returns the texts of a commit. */
export async function readFiles(
  folder: string,
  commit: string,
  options: { paths?: readonly string[]; signal?: AbortSignal } = {},
): Promise<Files> {
  const { signal } = options;
  const wanted = options.paths && new Set(options.paths.map(checkFilePath));
  if (wanted?.size === 0) return new Map();
  const listing = await gitLine(
    folder,
    ['ls-tree', '-r', '-l', '-z', '--full-tree', commit, ...(wanted ?? [])],
    { signal },
  );
  const blobs = listing
    .split('\0')
    .filter(Boolean)
    .flatMap(line => {
      const [description, path] = split(line, '\t');
      const [mode, , id, size] = description.split(/ +/);
      const isText = mode.startsWith('100') && Number(size) <= LARGEST_TEXT;
      return isText && (!wanted || wanted.has(path)) ? [{ path, id }] : [];
    });
  if (blobs.length === 0) return new Map();
  const contents = await git(folder, ['cat-file', '--batch'], {
    input: blobs.map(blob => `${blob.id}\n`).join(''),
    signal,
  });
  return textsOf(blobs, contents);
}

/** `cat-file --batch` answers `<id> blob <size>`, a newline, the content and a newline for each. */
function textsOf(
  blobs: ReadonlyArray<{ path: string }>,
  contents: Buffer,
): Files {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  const files = new Map<string, string>();
  let position = 0;
  for (const { path } of blobs) {
    const endOfHeader = contents.indexOf('\n', position);
    const header = contents.toString('utf8', position, endOfHeader);
    const start = endOfHeader + 1;
    const end = start + Number(header.split(' ')[2]);
    const content = contents.subarray(start, end);
    position = end + 1;
    if (content.includes(0)) continue;
    try {
      files.set(path, decoder.decode(content));
    } catch {
      // Not text: left out, as the port says.
    }
  }
  return files;
}

/** @returns the tree of `base` (or the empty one) with these changes. */
export async function writeTree(
  folder: string,
  base: string | undefined,
  changes: FileChanges,
  signal?: AbortSignal,
): Promise<string> {
  for (const path of changes.keys()) checkFilePath(path);
  const place = await mkdtemp(join(folder, 'meshway-index-'));
  const env = { GIT_INDEX_FILE: join(place, 'index') };
  try {
    if (base) await git(folder, ['read-tree', base], { env, signal });
    const removed: string[] = [];
    const written: string[] = [];
    for (const [path, content] of changes) {
      if (content === undefined) removed.push(`0 ${NOTHING}\t${path}\0`);
      else {
        const id = await gitLine(folder, ['hash-object', '-w', '--stdin'], {
          input: content,
          signal,
        });
        written.push(`100644 ${id}\t${path}\0`);
      }
    }
    // Removals first, so that a folder may take the place of a file.
    await git(folder, ['update-index', '-z', '--index-info'], {
      input: [...removed, ...written].join(''),
      env,
      signal,
    });
    return await gitLine(folder, ['write-tree'], { env, signal });
  } finally {
    await rm(place, { recursive: true, force: true });
  }
}

/** @returns the id of a new commit that no ref points at yet. */
export async function writeCommit(
  folder: string,
  tree: string,
  parents: readonly string[],
  { message, author }: Commit,
  signal?: AbortSignal,
): Promise<string> {
  return gitLine(
    folder,
    ['commit-tree', tree, ...parents.flatMap(parent => ['-p', parent])],
    { input: message, env: commitEnvironment(author), signal },
  );
}

/** @returns the tree of a commit. */
export async function treeOf(folder: string, commit: string): Promise<string> {
  return gitLine(folder, ['rev-parse', '--verify', `${commit}^{tree}`]);
}

/** A ref that shall move: from the commit that was read, to another one or to nothing. */
export type RefMove = { ref: string; from: string | undefined; to?: string };

/**
 * Moves refs, all or none, and only from where they were read.
 * @returns whether they moved; if not, somebody else was faster.
 * @throws ForgeUnavailableError while another git holds them, for longer than any of ours does.
 */
export async function moveRefs(
  folder: string,
  moves: readonly RefMove[],
): Promise<boolean> {
  const input = moves
    .map(({ ref, from, to }) =>
      to === undefined
        ? `delete ${ref} ${from ?? NOTHING}\n`
        : `update ${ref} ${to} ${from ?? NOTHING}\n`,
    )
    .join('');
  try {
    await git(folder, ['update-ref', '--stdin'], { input });
    return true;
  } catch (error) {
    if (!(error instanceof GitRefusal)) throw error;
    for (const { ref, from } of moves) {
      if ((await readRef(folder, ref)) !== from) return false;
    }
    const [, lock] =
      /\/((?:refs\/[^']*|packed-refs)\.lock)': File exists/.exec(
        error.message,
      ) ?? [];
    if (lock)
      throw new ForgeUnavailableError(
        `Another git is writing this repository, or ended in the middle of it: its file ${lock} is in the way. Repeat; where no git is running, remove the file first`,
      );
    throw error;
  }
}

function split(text: string, at: string): [string, string] {
  const index = text.indexOf(at);
  return [text.slice(0, index), text.slice(index + at.length)];
}
