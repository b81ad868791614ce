import {
  parseServiceRef,
  formatServiceRef,
} from '@meshway/plugin-meshed-service-common';
import { Forge, ForgeUnavailableError } from '../forge';
import { inSlices } from '../turns';
import { parseClaim } from './claimFile';
import type { Claim } from './Registry';

/**
 * What the registry says: who holds which name, and which files are no claims, because somebody has edited them.
 *
 * @public
 */
export type Claims = {
  /** By `<cluster>/<namespace>/<name>`. */
  held: ReadonlyMap<string, Claim>;
  /** Names whose claim cannot be read: they could be anybody's. */
  unreadable: ReadonlySet<string>;
};

type ReadFile = { text: string; claim: Claim | undefined };

/**
 * Reads all claims; of a registry that has moved, only the files that differ are looked into.
 *
 * @public
 */
export class ClaimsReader {
  private commit: string | undefined;
  private files: ReadonlyMap<string, ReadFile> = new Map();

  constructor(
    private readonly forge: Pick<Forge, 'read'>,
    private readonly repository: string,
  ) {}

  /**
   * @returns undefined when nothing has changed since the last reading.
   * @throws ForgeUnavailableError; what was read before stays.
   */
  async readIfMoved(): Promise<Claims | undefined> {
    if (this.commit !== undefined) {
      const head = await this.forge.read(this.repository, { paths: [] });
      if (head?.commit === this.commit) return undefined;
    }
    const seen = await this.forge.read(this.repository);
    // A disk that is not mounted looks like a registry without claims, and would make every service nobody's.
    if (!seen && this.commit !== undefined)
      throw new ForgeUnavailableError(
        `repository ${this.repository} was there and is not any more`,
      );
    const files = new Map<string, ReadFile>();
    await inSlices(seen?.files ?? [], ([path, text]) => {
      if (!path.startsWith('services/')) return;
      const known = this.files.get(path);
      files.set(
        path,
        known?.text === text ? known : { text, claim: claimIn(path, text) },
      );
    });
    this.files = files;
    // A registry that is not there yet has no commit, and is looked for again.
    this.commit = seen?.commit;
    return claimsOf(files);
  }
}

function claimIn(path: string, text: string): Claim | undefined {
  try {
    return parseClaim(text, path);
  } catch {
    return undefined;
  }
}

function claimsOf(files: ReadonlyMap<string, ReadFile>): Claims {
  const held = new Map<string, Claim>();
  const unreadable = new Set<string>();
  for (const [path, { claim }] of files) {
    if (claim) held.set(claim.service, claim);
    else {
      const name = /^services\/(.+)\.yaml$/.exec(path)?.[1];
      const service = name === undefined ? undefined : parseServiceRef(name);
      if (service) unreadable.add(formatServiceRef(service));
    }
  }
  return { held, unreadable };
}
