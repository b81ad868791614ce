import type { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import {
  formatServiceRef,
  ServiceRef,
  SourceStatus,
  Stamp,
} from '@meshway/plugin-meshed-service-common';
import {
  Claim,
  ClaimsReader,
  Forge,
} from '@meshway/plugin-meshed-service-node';
import { setTimeout as sleep } from 'node:timers/promises';
import { inTurns, Listeners, Repeating } from '../pace';
import { ClaimIndex } from './ClaimIndex';
import { paces } from './paces';
import { StampIndex } from './StampIndex';

/** A service that somebody asked for. The stamp is absent while it cannot be read. */
export type DeclaredService = { claim: Claim; stamp?: Stamp };

/** Names of the services that may be asked for in another way now. */
export type DeclaredChange = ReadonlySet<string> | 'all';

const LONGEST_SETTLING = 5_000;

/**
 * What was asked for, in memory: claims and stamps are read in the background, again when the registry's or a service's
 * repository has moved. A forge that is away leaves what was read last, with its age.
 */
export class DeclaredServices {
  private readonly claims: ClaimIndex;
  private readonly stamps: StampIndex;
  private readonly viewed = new Set<string>();
  private readonly listeners: Listeners<DeclaredChange>;
  private readonly repeated: Repeating[];
  private readonly pace: (typeof paces)[Forge['kind']];
  private readonly now: () => number;

  constructor(
    forge: Pick<Forge, 'read' | 'kind'>,
    private readonly registry: string,
    logger: Pick<LoggerService, 'warn'>,
    now: () => number = Date.now,
  ) {
    const options = {
      now,
      onProblem: (problem: string) => logger.warn(problem),
    };
    this.now = now;
    this.pace = paces[forge.kind];
    this.claims = new ClaimIndex(new ClaimsReader(forge, registry), options);
    this.stamps = new StampIndex(forge, options);
    this.listeners = new Listeners(error =>
      logger.warn(toError(error).message),
    );
    this.claims.subscribe(change => {
      if (this.claims.known) this.stamps.follow(this.claims.known.held);
      this.listeners.tell(change);
    });
    this.stamps.subscribe(service => this.listeners.tell(new Set([service])));
    this.repeated = [
      new Repeating(() => this.refresh(), this.pace.claimsMilliseconds),
      new Repeating(() => this.lookRound(), this.pace.roundMilliseconds),
    ];
  }

  /** Starts to keep itself up to date. */
  start(): void {
    for (const each of this.repeated) each.start();
  }

  stop(): void {
    for (const each of this.repeated) each.stop();
  }

  /** @param listener - told of every change, in the same turn. */
  subscribe(listener: (change: DeclaredChange) => void): () => void {
    return this.listeners.add(listener);
  }

  /** @returns what is known, without asking anybody; undefined when nobody has asked for the service. */
  known(service: string): DeclaredService | undefined {
    const claim = this.claims.known?.held.get(service);
    if (!claim) return undefined;
    const stamp = this.stamps.stampOf(service);
    return stamp ? { claim, stamp } : { claim };
  }

  /**
   * Makes sure that what is known of a service rests on at least one reading; later ones happen behind the answer.
   * @throws ForgeUnavailableError while the registry has never been read.
   */
  async prepare(service: string): Promise<void> {
    if (!this.claims.known) await this.claims.read();
    if (!this.claims.known?.held.has(service)) return;
    if (!this.stamps.wasRead(service)) await this.stamps.look(service);
    else if (this.isOld(service)) this.viewed.add(service);
  }

  /** Whether `prepare` has nothing to wait for. */
  isPrepared(service: string): boolean {
    const held = this.claims.known?.held;
    if (!held) return false;
    if (!held.has(service)) return true;
    if (!this.stamps.wasRead(service)) return false;
    if (this.isOld(service)) this.viewed.add(service);
    return true;
  }

  /** @returns every claim, by `<cluster>/<namespace>/<name>`. */
  async list(): Promise<ReadonlyMap<string, Claim>> {
    return (await this.claims.read()).held;
  }

  /** @returns whether nobody holds the name; a claim that cannot be read could be anybody's. */
  async isFree(service: ServiceRef): Promise<boolean> {
    const { held, unreadable } = await this.claims.read({
      within: this.pace.freeMilliseconds,
    });
    const name = formatServiceRef(service);
    return (
      this.claims.freshness.state === 'current' &&
      !held.has(name) &&
      !unreadable.has(name)
    );
  }

  /** Looks at once whether a service was changed, because somebody says so. */
  async lookAgain(service: string): Promise<void> {
    await this.refresh();
    await this.stamps.look(service);
  }

  /** How many stamps have never been read. Waits a little for them to become none. */
  async settle(): Promise<number> {
    await this.claims.read();
    if (this.stamps.unread > 0) {
      const end = new AbortController();
      const unread = [...(this.claims.known?.held.keys() ?? [])].filter(
        service => !this.stamps.wasRead(service),
      );
      const all = inTurns(unread, this.pace.atOnce, async service => {
        if (!end.signal.aborted) await this.stamps.look(service);
      });
      const patience = sleep(LONGEST_SETTLING, undefined, end);
      await Promise.race([all, patience.catch(() => undefined)]);
      end.abort();
    }
    return this.stamps.unread;
  }

  /** @returns how whole and how old what is known of the registry is. */
  get source(): SourceStatus {
    const { state, ...rest } = this.claims.freshness;
    return {
      source: `registry ${this.registry}`,
      kind: 'Claim',
      freshness: state,
      ...rest,
    };
  }

  private isOld(service: string): boolean {
    const age = this.now() - this.stamps.lookedAt(service);
    return age > this.pace.viewedMilliseconds;
  }

  private refresh(): Promise<void> {
    // The index remembers what was wrong, and says so wherever it is asked.
    return this.claims.refresh().catch(() => undefined);
  }

  /** First those that somebody looks at, then those that were not looked at for longest. */
  private async lookRound(): Promise<void> {
    const viewed = [...this.viewed].slice(0, this.pace.atOnce);
    for (const service of viewed) this.viewed.delete(service);
    const { oldest } = this.stamps;
    const isDue =
      oldest && this.now() - oldest.lookedAt > this.pace.unviewedMilliseconds;
    await Promise.all([
      ...viewed.map(service => this.stamps.look(service)),
      ...(isDue ? [this.stamps.look(oldest.service)] : []),
    ]);
  }
}
