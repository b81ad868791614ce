import {
  parseServiceRef,
  formatServiceRef,
} from '@meshway/plugin-meshed-service-common';
import { Forge, ForgeUnavailableError } from '../forge';
import { ClaimFiles } from './ClaimFiles';
import type { Claim } from './Registry';

/**
 * What the registry says: who holds which name, and which files are no claims, because somebody has edited them.
 *
 * @public
 */
export type Claims = {
  /** Whether there is a registry: one that is out of reach, or not made yet, holds no claims either. */
  isThere: boolean;
  /** By `<cluster>/<namespace>/<name>`. */
  held: ReadonlyMap<string, Claim>;
  /** Names whose claim cannot be read: they could be anybody's. */
  unreadable: ReadonlySet<string>;
};

/**
 * Reads all claims; of a registry that has moved, only the files that differ are looked into.
 *
 * @public
 */
export class ClaimsReader {
  private readonly files = new ClaimFiles();
  private last: { commit: string | undefined; claims: Claims } | undefined;

  constructor(
    private readonly forge: Pick<Forge, 'read'>,
    private readonly repository: string,
  ) {}

  /**
   * @returns undefined when nothing has changed since the last reading.
   * @throws ForgeUnavailableError; what was read before stays.
   */
  async readIfMoved(): Promise<Claims | undefined> {
    const before = this.last;
    const now = await this.look();
    return now === before ? undefined : now.claims;
  }

  /** @throws ForgeUnavailableError */
  async read(): Promise<Claims> {
    return (await this.look()).claims;
  }

  private async look(): Promise<NonNullable<ClaimsReader['last']>> {
    const { last } = this;
    if (last?.commit !== undefined) {
      const head = await this.forge.read(this.repository, { paths: [] });
      if (head?.commit === last.commit) return last;
    }
    const seen = await this.forge.read(this.repository);
    // A disk that is not mounted looks like a registry without claims, and would make every service nobody's.
    if (!seen && last?.commit !== undefined)
      throw new ForgeUnavailableError(
        `repository ${this.repository} was there and is not any more`,
      );
    const isThere = seen !== undefined;
    const claims = {
      isThere,
      ...claimsIn(await this.files.parse(seen?.files)),
    };
    // A registry that is not there yet has no commit, and is looked for again.
    this.last = { commit: seen?.commit, claims };
    return this.last;
  }
}

function claimsIn(
  files: ReadonlyMap<string, Claim | undefined>,
): Omit<Claims, 'isThere'> {
  const held = new Map<string, Claim>();
  const unreadable = new Set<string>();
  for (const [path, claim] of files) {
    if (claim) held.set(claim.service, claim);
    else {
      const name = /^services\/(.+)\.yaml$/.exec(path)?.[1];
      const service = name === undefined ? undefined : parseServiceRef(name);
      if (service) unreadable.add(formatServiceRef(service));
    }
  }
  return { held, unreadable };
}
