import { parseForgeAddress } from '@meshway/plugin-meshed-service-common';
import type { Forge, ForgeConfig } from '@meshway/plugin-meshed-service-node';

/** Describes a service to the catalog; at the root of its repository. */
const CATALOG_FILE = 'catalog-info.yaml';
/** Where services are published to. */
const BRANCH = 'main';

/** Where in the forge an entity was read, and the addresses beside it. */
export type Source = {
  repository: string;
  /** Of the repository, for people. */
  html: string;
  /** Ends in a slash, as the catalog wants folders. */
  folder: string;
  /** @returns the address of a file at the root of the repository. */
  file(path: string): string;
};

/** Translates between repositories of the configured forge and the locations of the catalog. */
export class Sources {
  constructor(
    private readonly forge: Pick<Forge, 'addressOf' | 'sourceUrl'>,
    private readonly config: { forge: ForgeConfig; appBaseUrl: string },
  ) {}

  /** @returns the location of a service's entity. */
  catalogFile(repository: string): string {
    return this.forge.sourceUrl(repository, BRANCH, CATALOG_FILE);
  }

  /** @returns where an entity comes from, when its location is the catalog file of a repository of the forge. */
  sourceAt(location: { type: string; target: string }): Source | undefined {
    if (location.type !== 'url') return undefined;
    const repository = this.repositoryIn(location.target);
    return repository !== undefined &&
      this.catalogFile(repository) === location.target
      ? {
          repository,
          html: this.forge.addressOf(repository).html,
          folder: `${this.forge.sourceUrl(repository, BRANCH)}/`,
          file: path => this.forge.sourceUrl(repository, BRANCH, path),
        }
      : undefined;
  }

  private repositoryIn(address: string): string | undefined {
    const { forge, appBaseUrl } = this.config;
    if (forge.kind === 'local') {
      return parseForgeAddress(appBaseUrl, address)?.repository;
    }
    const prefix = `https://${forge.host}/${forge.owner}/`;
    if (!address.startsWith(prefix)) return undefined;
    const [repository] = address.slice(prefix.length).split('/');
    return /^[A-Za-z0-9_][A-Za-z0-9._-]*$/.test(repository)
      ? repository
      : undefined;
  }
}
