import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';

const git = (repository: string, ...args: string[]) =>
  execFileSync('git', ['--git-dir', repository, ...args], {
    encoding: 'utf8',
  });

/** A repository as git itself reads it. */
export type ReadRepository = {
  /** Authors and subjects, newest first. */
  log: string[];
  files: Record<string, string>;
};

/** Every repository below a folder, by name. */
export function repositoriesIn(folder: string): Record<string, ReadRepository> {
  if (!existsSync(folder)) return {};
  return Object.fromEntries(
    readdirSync(folder)
      // One that was being made when its maker was killed is nobody's yet.
      .filter(name => !name.startsWith('.'))
      .filter(name => existsSync(path.join(folder, name, 'HEAD')))
      // Half made ones have a name of their own.
      .filter(name => !name.startsWith('.'))
      .sort()
      .map(name => [
        name.replace(/\.git$/, ''),
        readRepository(path.join(folder, name)),
      ]),
  );
}

function readRepository(repository: string): ReadRepository {
  const paths = git(repository, 'ls-tree', '-r', '--name-only', '-z', 'main')
    .split('\0')
    .filter(Boolean);
  return {
    log: git(repository, 'log', '--format=%an <%ae> %s', 'main')
      .trim()
      .split('\n'),
    files: Object.fromEntries(
      paths.map(name => [name, git(repository, 'show', `main:${name}`)]),
    ),
  };
}

/** Without what no two runs have in common: when, and by which task. */
export function withoutCreation(
  repositories: Record<string, ReadRepository>,
): Record<string, ReadRepository> {
  return JSON.parse(
    JSON.stringify(repositories)
      // In YAML only an id that starts with a digit stands in quotes.
      .replace(
        /(?:\\")?[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?:\\")?/g,
        'TASK',
      )
      .replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g, 'TIME'),
  );
}
