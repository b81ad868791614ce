import { NotFoundError } from '@backstage/errors';
import { quote, RepositoryTree } from '@meshway/plugin-meshed-service-common';
import type {
  Claim,
  Forge,
  Registry,
} from '@meshway/plugin-meshed-service-node';

type Place = { repository: string; branch: string; path: string };
type Entry = { name: string; path: string; kind: 'folder' | 'file' };

/** Reads repositories of registered services, and no others. */
export class RepositoryTrees {
  constructor(
    private readonly forge: Pick<Forge, 'read' | 'addressOf'>,
    private readonly registry: Pick<Registry, 'listClaims'>,
  ) {}

  /** @throws NotFoundError when no service has a repository of that name. */
  async claimOf(repository: string): Promise<Claim> {
    const claims = await this.registry.listClaims();
    const claim = claims.find(candidate => candidate.repository === repository);
    if (claim) return claim;
    throw new NotFoundError(
      `There is no repository ${quote(repository)} of a registered service`,
    );
  }

  /** @throws NotFoundError when branch, folder or file is not there. */
  async read({ repository, branch, path }: Place): Promise<RepositoryTree> {
    const snapshot = await this.forge.read(repository, { branch });
    if (!snapshot) {
      throw new NotFoundError(
        `Repository ${quote(repository)} has no branch ${quote(branch)}`,
      );
    }
    const { commit, files } = snapshot;
    const { clone } = this.forge.addressOf(repository);
    const at = { repository, branch, commit, clone, path };
    const text = files.get(path);
    if (text !== undefined) return { kind: 'file', ...at, text };
    const entries = entriesOf([...files.keys()], path);
    if (path === '' || entries.length > 0)
      return { kind: 'folder', ...at, entries };
    throw new NotFoundError(
      `Branch ${quote(branch)} of ${quote(repository)} has no ${quote(path)}`,
    );
  }
}

function entriesOf(files: readonly string[], folder: string): Entry[] {
  const below = folder ? `${folder}/` : '';
  const entries = new Map<string, Entry>();
  for (const file of files) {
    if (!file.startsWith(below)) continue;
    const [name, ...deeper] = file.slice(below.length).split('/');
    const kind = deeper.length > 0 ? 'folder' : 'file';
    entries.set(name, { name, path: `${below}${name}`, kind });
  }
  const foldersFirst = (entry: Entry) => (entry.kind === 'folder' ? 0 : 1);
  return [...entries.values()].sort(
    (a, b) =>
      foldersFirst(a) - foldersFirst(b) ||
      (a.name < b.name ? -1 : Number(a.name > b.name)),
  );
}
