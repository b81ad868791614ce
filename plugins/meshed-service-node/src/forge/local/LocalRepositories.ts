import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
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
    return (await this.list()).includes(checkRepositoryName(repository));
  }

  /** @throws ForgeConflictError when there is no such repository. */
  async existing(repository: string): Promise<string> {
    if (await this.has(repository)) return this.folderOf(repository);
    throw new ForgeConflictError(`There is no repository ${repository}`);
  }

  /** @returns the ref of the default branch. */
  async defaultRef(folder: string): Promise<string> {
    return gitLine(folder, ['symbolic-ref', 'HEAD']);
  }
}
