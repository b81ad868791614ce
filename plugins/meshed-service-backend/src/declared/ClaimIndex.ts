import { toError } from '@backstage/errors';
import type { Instant } from '@meshway/plugin-meshed-service-common';
import type { Claims, ClaimsReader } from '@meshway/plugin-meshed-service-node';
import { Listeners } from '../pace';

/** How whole what is known of the registry is. */
export type ClaimsFreshness =
  | { state: 'current'; observedAt: Instant }
  | { state: 'stale'; observedAt: Instant; message: string }
  | { state: 'unreadable'; message: string };

/** Names whose claim is another one now; all of them, when it is not known which. */
export type ClaimsChange = ReadonlySet<string> | 'all';

/** Remembers the claims. A registry that cannot be read leaves the last ones, with their age. */
export class ClaimIndex {
  private claims: Claims | undefined;
  private readAt = 0;
  private problem: string | undefined = 'it has not been read yet';
  private running: Promise<void> | undefined;
  private readonly listeners: Listeners<ClaimsChange>;

  constructor(
    private readonly reader: ClaimsReader,
    private readonly options: {
      now: () => number;
      onProblem: (problem: string) => void;
    },
  ) {
    this.listeners = new Listeners(error =>
      options.onProblem(toError(error).message),
    );
  }

  /** @param listener - told when claims have changed, and when it is known no longer, or again, how they are. */
  subscribe(listener: (change: ClaimsChange) => void): () => void {
    return this.listeners.add(listener);
  }

  /** @returns what was read last, without asking anybody; undefined before the first reading. */
  get known(): Claims | undefined {
    return this.claims;
  }

  /**
   * @param within - how old the answer may be, in milliseconds; a broken forge makes it older.
   * @throws ForgeUnavailableError while the registry has never been read.
   */
  async read({ within = Infinity } = {}): Promise<Claims> {
    if (this.claims && this.options.now() - this.readAt < within)
      return this.claims;
    await this.refresh().catch(error => {
      if (!this.claims) throw error;
    });
    if (!this.claims)
      throw new Error('The registry was read, and is not known');
    return this.claims;
  }

  get freshness(): ClaimsFreshness {
    const observedAt = new Date(this.readAt).toISOString();
    if (this.problem === undefined) return { state: 'current', observedAt };
    return this.claims
      ? { state: 'stale', observedAt, message: this.problem }
      : { state: 'unreadable', message: this.problem };
  }

  /** Looks whether the registry has moved; of several that ask at once, all get one answer. */
  refresh(): Promise<void> {
    this.running ??= this.look().finally(() => {
      this.running = undefined;
    });
    return this.running;
  }

  private async look(): Promise<void> {
    const before = this.problem;
    try {
      const moved = await this.reader.readIfMoved();
      this.readAt = this.options.now();
      this.problem = undefined;
      const last = this.claims;
      if (moved) this.claims = moved;
      if (before !== undefined) this.listeners.tell('all');
      else if (moved) this.listeners.tell(differenceOf(last, moved));
    } catch (error) {
      const { message } = toError(error);
      this.problem = message;
      if (before !== message) {
        this.options.onProblem(`The registry cannot be read: ${message}`);
        this.listeners.tell('all');
      }
      throw error;
    }
  }
}

function differenceOf(last: Claims | undefined, now: Claims): Set<string> {
  const names = new Set<string>();
  // The reader keeps the claim of a file that has not changed.
  for (const [name, claim] of now.held)
    if (last?.held.get(name) !== claim) names.add(name);
  for (const name of last?.held.keys() ?? [])
    if (!now.held.has(name)) names.add(name);
  return names;
}
