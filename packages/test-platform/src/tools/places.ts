import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import type { GoSource } from './pinned';

// This package is never built: it runs from its checkout.
// eslint-disable-next-line no-restricted-syntax
export const packageFolder = path.resolve(__dirname, '../..');
export const repository = path.resolve(packageFolder, '../..');

/** Built programs are kept outside of the repository, for every checkout of a machine. */
export function cacheFolder(): string {
  return (
    process.env.MESHWAY_TOOLS ||
    path.join(
      process.env.XDG_CACHE_HOME || path.join(homedir(), '.cache'),
      'meshway',
      'tools',
    )
  );
}

export const moduleFolder = (source: GoSource) =>
  path.join(packageFolder, 'tools', source.module);

/** @returns the folder of what is built from exactly this go.mod and go.sum. */
export function builtFolder(source: GoSource): string {
  const hash = createHash('sha256');
  for (const file of ['go.mod', 'go.sum']) {
    hash.update(readFileSync(path.join(moduleFolder(source), file)));
  }
  return path.join(
    cacheFolder(),
    source.module,
    hash.digest('hex').slice(0, 16),
  );
}

/** @returns a program of the PATH, or undefined. */
export function onPath(name: string): string | undefined {
  return (process.env.PATH ?? '')
    .split(path.delimiter)
    .filter(Boolean)
    .map(folder => path.join(folder, name))
    .find(existsSync);
}
