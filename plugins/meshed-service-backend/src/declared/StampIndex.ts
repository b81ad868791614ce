import { toError } from '@backstage/errors';
import type { Stamp } from '@meshway/plugin-meshed-service-common';
import {
  Claim,
  Forge,
  ForgeUnavailableError,
  readClaimedStamp,
} from '@meshway/plugin-meshed-service-node';
import { Listeners } from '../pace';

type Known = {
  claim: Claim;
  commit?: string;
  stamp?: Stamp;
  /** 0: never. */
  lookedAt: number;
  problem?: string;
};

/** Remembers the stamps of services. Each is read again only when its repository has moved. */
export class StampIndex {
  /** The one that was not looked at for longest comes first. */
  private readonly known = new Map<string, Known>();
  private readonly running = new Map<string, Promise<void>>();
  private readonly listeners: Listeners<string>;

  constructor(
    private readonly forge: Pick<Forge, 'read'>,
    private readonly options: {
      now: () => number;
      onProblem: (problem: string) => void;
    },
  ) {
    this.listeners = new Listeners(error =>
      options.onProblem(toError(error).message),
    );
  }

  /** @param listener - told the service whose stamp has changed. */
  subscribe(listener: (service: string) => void): () => void {
    return this.listeners.add(listener);
  }

  /** @returns the stamp as it was read last, without asking anybody. */
  stampOf(service: string): Stamp | undefined {
    return this.known.get(service)?.stamp;
  }

  wasRead(service: string): boolean {
    return Boolean(this.known.get(service)?.lookedAt);
  }

  lookedAt(service: string): number {
    return this.known.get(service)?.lookedAt ?? 0;
  }

  /** How many have never been read. */
  get unread(): number {
    let count = 0;
    for (const { lookedAt } of this.known.values()) if (!lookedAt) count += 1;
    return count;
  }

  /** Takes over who holds what; a stamp that another repository holds is another stamp. */
  follow(held: ReadonlyMap<string, Claim>): void {
    for (const [service, { claim }] of this.known) {
      const now = held.get(service);
      if (now?.repository !== claim.repository) this.known.delete(service);
    }
    const unread: Array<[string, Known]> = [];
    for (const [service, claim] of held) {
      const known = this.known.get(service);
      if (known) known.claim = claim;
      else unread.push([service, { claim, lookedAt: 0 }]);
    }
    const before = [...this.known];
    this.known.clear();
    for (const [service, known] of [...unread, ...before])
      this.known.set(service, known);
  }

  /** @returns the service that was not looked at for longest. */
  get oldest(): { service: string; lookedAt: number } | undefined {
    for (const [service, { lookedAt }] of this.known)
      if (!this.running.has(service)) return { service, lookedAt };
    return undefined;
  }

  /** Looks whether the repository of a service has moved; of several that ask at once, all get one answer. */
  look(service: string): Promise<void> {
    const running = this.running.get(service);
    if (running) return running;
    const known = this.known.get(service);
    if (!known) return Promise.resolve();
    const looking = this.lookAt(service, known).finally(() =>
      this.running.delete(service),
    );
    this.running.set(service, looking);
    return looking;
  }

  private async lookAt(service: string, known: Known): Promise<void> {
    const { commit, stamp } = known;
    try {
      const head = await this.forge.read(known.claim.repository, { paths: [] });
      if (head?.commit === undefined || head.commit !== commit) {
        known.stamp = await readClaimedStamp(this.forge, known.claim);
        known.commit = head?.commit;
      }
      known.problem = undefined;
    } catch (error) {
      const { message } = toError(error);
      // A forge that is away says nothing about the stamp; one that somebody has spoilt is none.
      if (!(error instanceof ForgeUnavailableError)) {
        known.stamp = undefined;
        known.commit = undefined;
      }
      if (known.problem !== message)
        this.options.onProblem(
          `The stamp of ${service} cannot be read: ${message}`,
        );
      known.problem = message;
    }
    const isFirst = known.lookedAt === 0;
    known.lookedAt = this.options.now();
    if (this.known.get(service) !== known) return;
    this.known.delete(service);
    this.known.set(service, known);
    if (isFirst ? known.stamp : known.stamp !== stamp)
      this.listeners.tell(service);
  }
}
