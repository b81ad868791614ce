import { execFile } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';

const root = path.resolve(__dirname, '../../../..');
const folder = path.join(root, '.meshway', 'cache', 'bench-peer');
const wanted = path.join(__dirname, 'package.json');

/** @returns the folder in which the pinned version is installed. @throws when it cannot be had. */
export async function installPeer(): Promise<string> {
  const here = path.join(folder, 'package.json');
  const isThere =
    existsSync(path.join(folder, 'node_modules', '.package-lock.json')) &&
    existsSync(here) &&
    readFileSync(here, 'utf8') === readFileSync(wanted, 'utf8');
  if (isThere) return folder;
  mkdirSync(folder, { recursive: true });
  copyFileSync(wanted, here);
  await promisify(execFile)(
    'npm',
    [
      'install',
      '--ignore-scripts',
      '--no-audit',
      '--no-fund',
      '--omit=optional',
    ],
    { cwd: folder },
  );
  return folder;
}
