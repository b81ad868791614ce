import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';

const git = (...args: string[]) =>
  execFileSync('git', args, { encoding: 'utf8', stdio: 'pipe' }).trim();

/** Clones as a person would. */
export function clone(address: string, folder: string): void {
  git('clone', '--quiet', address, folder);
}

/** @returns `<name> <newest commit>` of every bare repository in a folder, sorted: what a refusal must leave as it was. */
export function repositoriesIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter(name => name.endsWith('.git'))
    .sort()
    .map(
      name =>
        `${name} ${git(
          '--git-dir',
          path.join(folder, name),
          'for-each-ref',
          '--format=%(refname)=%(objectname)',
        )}`,
    );
}

/** @returns the author of the newest commit, and how many commits there are. */
export function historyOf(folder: string): { author: string; commits: number } {
  return {
    author: git('-C', folder, 'log', '-1', '--format=%an'),
    commits: Number(git('-C', folder, 'rev-list', '--count', 'HEAD')),
  };
}

/** @returns the text of every file below a folder, by path, without `.git`. */
export function filesIn(folder: string): Map<string, string> {
  const files = new Map<string, string>();
  const walk = (relative: string) => {
    for (const name of readdirSync(path.join(folder, relative)).sort()) {
      if (name === '.git') continue;
      const below = path.join(relative, name);
      if (statSync(path.join(folder, below)).isDirectory()) walk(below);
      else files.set(below, readFileSync(path.join(folder, below), 'utf8'));
    }
  };
  walk('');
  return files;
}
