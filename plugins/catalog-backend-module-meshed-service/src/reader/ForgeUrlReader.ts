import type { ReadTreeResponseFactory } from '@backstage/backend-defaults/urlReader';
import type {
  UrlReaderService,
  UrlReaderServiceReadTreeOptions,
  UrlReaderServiceReadTreeResponse,
  UrlReaderServiceReadUrlOptions,
  UrlReaderServiceReadUrlResponse,
  UrlReaderServiceSearchOptions,
  UrlReaderServiceSearchResponse,
} from '@backstage/backend-plugin-api';
import { InputError, NotFoundError, NotModifiedError } from '@backstage/errors';
import {
  ForgePlace,
  formatForgeAddress,
  parseForgeAddress,
} from '@meshway/plugin-meshed-service-common';
import type { Forge, Snapshot } from '@meshway/plugin-meshed-service-node';
import { minimatch } from 'minimatch';
import { Readable } from 'node:stream';

/** Reads addresses of the local forge. The commit of the branch is the etag of everything in it. */
export class ForgeUrlReader implements UrlReaderService {
  constructor(
    private readonly appBaseUrl: string,
    private readonly forge: Pick<Forge, 'read'>,
    private readonly treeResponseFactory: ReadTreeResponseFactory,
  ) {}

  /** @returns whether an address is meant for this reader. Whether it can be read shows when it is. */
  reads(address: string): boolean {
    return address.startsWith(`${this.appBaseUrl}/forge/`);
  }

  async readUrl(
    address: string,
    options?: UrlReaderServiceReadUrlOptions,
  ): Promise<UrlReaderServiceReadUrlResponse> {
    const place = this.placeAt(address);
    const { commit, files } = await this.snapshotOf(place, options, [
      place.path,
    ]);
    const text = files.get(place.path);
    if (text === undefined) {
      throw new NotFoundError(
        `There is no file ${place.path || '/'} on branch ${
          place.branch
        } of repository ${place.repository}`,
      );
    }
    const content = Buffer.from(text, 'utf8');
    return {
      buffer: async () => content,
      stream: () => Readable.from(content),
      etag: commit,
    };
  }

  async readTree(
    address: string,
    options?: UrlReaderServiceReadTreeOptions,
  ): Promise<UrlReaderServiceReadTreeResponse> {
    const place = this.placeAt(address);
    const { commit, files } = await this.snapshotOf(place, options);
    const below = place.path ? `${place.path}/` : '';
    const inside = [...files]
      .filter(([path]) => path.startsWith(below))
      .map(([path, text]) => ({
        path: path.slice(below.length),
        content: Buffer.from(text, 'utf8'),
      }))
      .filter(
        ({ path, content }) =>
          options?.filter?.(path, { size: content.length }) ?? true,
      );
    if (inside.length === 0 && below) {
      throw new NotFoundError(
        `There is no folder ${place.path} on branch ${place.branch} of repository ${place.repository}`,
      );
    }
    const tree = await this.treeResponseFactory.fromReadableArray(
      inside.map(({ path, content }) => ({
        path,
        data: Readable.from(content),
      })),
    );
    return {
      files: () => tree.files(),
      archive: () => tree.archive(),
      dir: where => tree.dir(where),
      etag: commit,
    };
  }

  async search(
    address: string,
    options?: UrlReaderServiceSearchOptions,
  ): Promise<UrlReaderServiceSearchResponse> {
    const place = this.placeAt(address);
    if (!place.path) throw new InputError(`${address} names no file`);
    const { commit, files } = await this.snapshotOf(
      place,
      options,
      /[*?{[]/.test(place.path) ? undefined : [place.path],
    );
    return {
      etag: commit,
      files: [...files]
        .filter(([path]) => path === place.path || minimatch(path, place.path))
        .map(([path, text]) => ({
          url: formatForgeAddress(this.appBaseUrl, { ...place, path }),
          content: async () => Buffer.from(text, 'utf8'),
        })),
    };
  }

  toString(): string {
    return `meshway{forge=${this.appBaseUrl}/forge}`;
  }

  private placeAt(address: string): ForgePlace {
    const place = parseForgeAddress(this.appBaseUrl, address);
    if (place) return place;
    throw new InputError(
      `${address.slice(
        0,
        200,
      )} is no address of the local forge: write ${formatForgeAddress(
        this.appBaseUrl,
        { repository: 'REPOSITORY', branch: 'BRANCH', path: 'PATH' },
      )}`,
    );
  }

  private async snapshotOf(
    { repository, branch }: ForgePlace,
    options?: { etag?: string; signal?: AbortSignal },
    paths?: string[],
  ): Promise<Snapshot> {
    const snapshot = await this.forge.read(repository, {
      branch,
      ...(paths ? { paths } : {}),
      signal: options?.signal,
    });
    if (!snapshot) {
      throw new NotFoundError(
        `There is no branch ${branch} of a repository ${repository}`,
      );
    }
    if (options?.etag === snapshot.commit) throw new NotModifiedError();
    return snapshot;
  }
}
