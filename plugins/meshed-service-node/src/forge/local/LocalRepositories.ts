import { readdir, readFile, realpath } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { ForgeConflictError } from '../Forge';
import { checkRepositoryName } from '../places';
import { errorCode } from './errorCode';
import { gitLine } from './git';

/** The folder of the bare repositories. */
export class LocalRepositories {
  constructor(private readonly path: string) {}

  folderOf(repository: string): string {
    return join(this.path, `${checkRepositoryName(repository)}.git`);
  }

  async list(): Promise<string[]> {
    let entries: string[];
    try {
      entries = await readdir(this.path);
    } catch (error) {
      if (errorCode(error) === 'ENOENT') return [];
      throw error;
    }
    return entries
      .filter(entry => /^[A-Za-z0-9_].*\.git$/.test(entry))
      .map(entry => entry.slice(0, -'.git'.length))
      .sort();
  }

  /** Exactly that name, also on file systems that take two spellings for one. */
  async has(repository: string): Promise<boolean> {
    const folder = this.folderOf(repository);
    try {
      // The name as it is written there; a link leads elsewhere, and may be there all the same.
      if (basename(await realpath(folder)) === basename(folder)) return true;
    } catch (error) {
      if (errorCode(error) === 'ENOENT') return false;
      throw error;
    }
    return (await this.list()).includes(repository);
  }

  /** @throws ForgeConflictError when there is no such repository. */
  async existing(repository: string): Promise<string> {
    if (await this.has(repository)) return this.folderOf(repository);
    throw new ForgeConflictError(`There is no repository ${repository}`);
  }

  /** @returns the ref of the default branch. */
  async defaultRef(folder: string): Promise<string> {
    const head = await readFile(join(folder, 'HEAD'), 'utf8').catch(() => '');
    // To start git costs a large process many milliseconds, and portals look often.
    const [, ref] = /^ref: (refs\/heads\/[^.\s][^\s]*)\n$/.exec(head) ?? [];
    return ref ?? gitLine(folder, ['symbolic-ref', 'HEAD']);
  }
}
