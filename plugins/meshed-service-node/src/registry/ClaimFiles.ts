import type { Files } from '../forge';
import { inSlices } from '../turns';
import { parseClaim } from './claimFile';
import type { Claim } from './Registry';

type Parsed = { text: string; claim: Claim | undefined };

/** Claims in the files of a registry. A file that is as it was is not parsed again: thousands of them take seconds. */
export class ClaimFiles {
  private known: ReadonlyMap<string, Parsed> = new Map();

  /** @returns the claims by path; undefined for a file that somebody has spoilt. */
  async parse(
    files: Files | undefined,
  ): Promise<ReadonlyMap<string, Claim | undefined>> {
    const { known } = this;
    const now = new Map<string, Parsed>();
    const claims = new Map<string, Claim | undefined>();
    await inSlices(files ?? [], ([path, text]) => {
      if (!path.startsWith('services/')) return;
      const before = known.get(path);
      const parsed =
        before?.text === text ? before : { text, claim: claimIn(path, text) };
      now.set(path, parsed);
      claims.set(path, parsed.claim);
    });
    this.known = now;
    return claims;
  }
}

function claimIn(path: string, text: string): Claim | undefined {
  try {
    return parseClaim(text, path);
  } catch {
    return undefined;
  }
}
