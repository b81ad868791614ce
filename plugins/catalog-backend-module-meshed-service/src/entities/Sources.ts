import { parseForgeAddress } from '@meshway/plugin-meshed-service-common';
import type { Forge, ForgeConfig } from '@meshway/plugin-meshed-service-node';

/** Describes a service to the catalog; at the root of its repository. */
const CATALOG_FILE = 'catalog-info.yaml';
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
  catalogFile(repository: string, branch: string): string {
    return this.forge.sourceUrl(repository, branch, CATALOG_FILE);
  }

  /** @returns where an entity comes from, when its location is the catalog file of a repository of the forge. */
  sourceAt(location: { type: string; target: string }): Source | undefined {
    const place =
      location.type === 'url' ? this.placeAt(location.target) : undefined;
    if (!place) return undefined;
    const { repository, branch } = place;
    if (this.catalogFile(repository, branch) !== location.target) {
      return undefined;
    }
    return {
      repository,
      html: this.forge.addressOf(repository).html,
      folder: `${this.forge.sourceUrl(repository, branch)}/`,
      file: path => this.forge.sourceUrl(repository, branch, path),
    };
  }

  private placeAt(
    address: string,
  ): { repository: string; branch: string } | undefined {
    const { forge, appBaseUrl } = this.config;
    if (forge.kind === 'local') return parseForgeAddress(appBaseUrl, address);
    const prefix = `https://${forge.host}/${forge.owner}/`;
    if (!address.startsWith(prefix)) return undefined;
    const [, repository, branch] =
      /^([A-Za-z0-9_][A-Za-z0-9._-]*)\/tree\/([A-Za-z0-9][A-Za-z0-9._-]*)\/catalog-info\.yaml$/.exec(
        address.slice(prefix.length),
      ) ?? [];
    return repository && branch ? { repository, branch } : undefined;
  }
}
