import type { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import { readStamp, STAMP_PATH } from '@meshway/plugin-meshed-service-common';
import type {
  Claim,
  Claims,
  ClaimsReader,
  Forge,
} from '@meshway/plugin-meshed-service-node';
import type { Sources } from './Sources';

const USUAL_BRANCH = 'main';
/** In vain, until where a service is taken to live is as good as known. */
const ATTEMPTS = 5;

/**
 * At how many repositories a look looks. On GitHub a look each five minutes takes 360 requests an hour, and 1,440 after a start,
 * when stamps are read, too; `DeclaredServices` takes 2,760 of the 5,000 that there are.
 */
export const looksAtOnce = { local: 150, github: 30 } as const;

/** Where a service lives, and the commit at which it was last seen; without one, that is a guess. */
export type Located = { target: string; commit?: string };

type Seen = { located: Located | undefined; failures: number };

/**
 * Where claimed services live. Each look asks whether the registry has moved, and looks at some repositories: at those first
 * that have not been looked at for longest, so that a portal with very many services needs several looks for all.
 */
export class LocatedServices {
  private registry: Pick<Claims, 'isThere' | 'held'> = {
    isThere: false,
    held: new Map(),
  };
  /** By service, in the order of the looks; nothing is located where a name is claimed, and its repository not made yet. */
  private readonly seen = new Map<string, Seen>();

  constructor(
    private readonly reader: Pick<ClaimsReader, 'readIfMoved'>,
    private readonly forge: Pick<Forge, 'read'>,
    private readonly sources: Pick<Sources, 'catalogFile'>,
    private readonly logger: Pick<LoggerService, 'warn'>,
    private readonly atOnce: number,
  ) {}

  /** Whether there is a registry, and it is known of every service in it where it lives, or guessed after many attempts. */
  get isWhole(): boolean {
    const { isThere, held } = this.registry;
    return (
      isThere &&
      this.seen.size === held.size &&
      [...this.seen.values()].every(
        ({ located, failures }) =>
          !located || located.commit !== undefined || failures >= ATTEMPTS,
      )
    );
  }

  /** @returns the services that have a repository, by `<cluster>/<namespace>/<name>`. */
  all(): Map<string, Located> {
    return new Map(
      [...this.seen].flatMap(([service, { located }]) =>
        located ? [[service, located] as const] : [],
      ),
    );
  }

  /**
   * @param told - repositories that somebody says have changed: they come first.
   * @returns those of them that could not be read.
   * @throws ForgeUnavailableError when the registry cannot be read.
   */
  async look(told: ReadonlySet<string>): Promise<Set<string>> {
    this.registry = (await this.reader.readIfMoved()) ?? this.registry;
    const { held } = this.registry;
    for (const service of this.seen.keys())
      if (!held.has(service)) this.seen.delete(service);
    const unread = new Set<string>();
    for (const service of this.due(told)) {
      const claim = held.get(service)!;
      const { repository } = claim;
      const seen = await this.find(claim, this.seen.get(service));
      if (seen.failures > 0 && told.has(repository)) unread.add(repository);
      this.seen.delete(service);
      this.seen.set(service, seen);
    }
    return unread;
  }

  private due(told: ReadonlySet<string>): string[] {
    const { held } = this.registry;
    const due = new Set<string>();
    for (const [service, { repository }] of held)
      if (told.has(repository)) due.add(service);
    for (const service of held.keys())
      if (!this.seen.has(service)) due.add(service);
    for (const service of this.seen.keys()) due.add(service);
    return [...due].slice(0, this.atOnce);
  }

  /** What cannot be read stays where it was, and is taken to live on the usual branch until it can. */
  private async find(
    { service, repository }: Claim,
    before: Seen | undefined,
  ): Promise<Seen> {
    const known = before?.located;
    try {
      if (known?.commit !== undefined) {
        const head = await this.forge.read(repository, { paths: [] });
        if (head?.commit === known.commit)
          return { located: known, failures: 0 };
      }
      const snapshot = await this.forge.read(repository, {
        paths: [STAMP_PATH],
      });
      if (!snapshot) return { located: undefined, failures: 0 };
      const branch = branchIn(snapshot.files.get(STAMP_PATH));
      const target = this.sources.catalogFile(repository, branch);
      return { located: { target, commit: snapshot.commit }, failures: 0 };
    } catch (error) {
      this.logger.warn(
        `Repository ${repository} of ${service} could not be read: ${
          toError(error).message
        }`,
      );
      const guess = {
        target: this.sources.catalogFile(repository, USUAL_BRANCH),
      };
      const failures = (before?.failures ?? 0) + 1;
      return { located: known ?? guess, failures };
    }
  }
}

/** The branch that a service lives on, by its stamp; a stamp that cannot be read is an error of its entity. */
function branchIn(stamp: string | undefined): string {
  try {
    return stamp ? readStamp(stamp).spec.delivery.revision : USUAL_BRANCH;
  } catch {
    return USUAL_BRANCH;
  }
}
