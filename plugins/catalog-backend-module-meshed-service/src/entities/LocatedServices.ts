import type { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import { readStamp, STAMP_PATH } from '@meshway/plugin-meshed-service-common';
import type {
  Claim,
  ClaimsReader,
  Forge,
} from '@meshway/plugin-meshed-service-node';
import type { Sources } from './Sources';

const USUAL_BRANCH = 'main';
/** Of GitHub's 5,000 requests an hour, a look each five minutes takes 1,800 at most; `DeclaredServices` takes 2,760. */
const LOOKS_AT_ONCE = 150;

/** Where a service lives, and the commit at which it was last seen. */
export type Located = { target: string; commit?: string };

/**
 * Where claimed services live. Each look asks whether the registry has moved, and looks at some repositories: at those first
 * that have not been looked at for longest, so that a portal with very many services needs several looks for all.
 */
export class LocatedServices {
  private claims: ReadonlyMap<string, Claim> = new Map();
  /** By service, in the order of the looks; undefined where a name is claimed, and its repository not made yet. */
  private readonly located = new Map<string, Located | undefined>();

  constructor(
    private readonly reader: Pick<ClaimsReader, 'readIfMoved'>,
    private readonly forge: Pick<Forge, 'read'>,
    private readonly sources: Pick<Sources, 'catalogFile'>,
    private readonly logger: Pick<LoggerService, 'warn'>,
    private readonly atOnce = LOOKS_AT_ONCE,
  ) {}

  /** Whether every claimed service has been looked at; a registry without claims may only be out of reach. */
  get isWhole(): boolean {
    return this.claims.size > 0 && this.located.size === this.claims.size;
  }

  /** @returns the services that have a repository, by `<cluster>/<namespace>/<name>`. */
  all(): Map<string, Located> {
    return new Map(
      [...this.located].flatMap(([service, located]) =>
        located ? [[service, located] as const] : [],
      ),
    );
  }

  /**
   * @param told - repositories that somebody says have changed: they come first.
   * @throws ForgeUnavailableError when the registry cannot be read.
   */
  async look(told: ReadonlySet<string>): Promise<void> {
    const moved = await this.reader.readIfMoved();
    if (moved) this.claims = moved.held;
    for (const service of this.located.keys())
      if (!this.claims.has(service)) this.located.delete(service);
    const due = new Set<string>();
    for (const [service, { repository }] of this.claims)
      if (told.has(repository)) due.add(service);
    for (const service of this.claims.keys())
      if (!this.located.has(service)) due.add(service);
    for (const service of this.located.keys()) due.add(service);
    for (const service of [...due].slice(0, this.atOnce)) {
      const found = await this.find(
        this.claims.get(service)!,
        this.located.get(service),
      );
      this.located.delete(service);
      this.located.set(service, found);
    }
  }

  /** @returns undefined while there is no repository. */
  private async find(
    { service, repository }: Claim,
    before: Located | undefined,
  ): Promise<Located | undefined> {
    try {
      if (before?.commit !== undefined) {
        const head = await this.forge.read(repository, { paths: [] });
        if (head?.commit === before.commit) return before;
      }
      const snapshot = await this.forge.read(repository, {
        paths: [STAMP_PATH],
      });
      if (!snapshot) return undefined;
      const branch = branchIn(snapshot.files.get(STAMP_PATH));
      const target = this.sources.catalogFile(repository, branch);
      return { target, commit: snapshot.commit };
    } catch (error) {
      this.logger.warn(
        `Repository ${repository} of ${service} could not be read: ${
          toError(error).message
        }`,
      );
      return (
        before ?? { target: this.sources.catalogFile(repository, USUAL_BRANCH) }
      );
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
