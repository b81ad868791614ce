import type { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import {
  formatServiceRef,
  MeshedServiceSpec,
  ServiceRef,
} from '@meshway/plugin-meshed-service-common';
import {
  Claim,
  Forge,
  readClaimedStamp,
  Registry,
} from '@meshway/plugin-meshed-service-node';

/** A service that somebody asked for. The spec is absent while its stamp cannot be read. */
export type DeclaredService = { claim: Claim; spec?: MeshedServiceSpec };

const FRESH_MILLISECONDS = 3_000;

type Remembered<Value> = { at: number; value: Promise<Value> };

/** Reads claims and stamps, and remembers them for a few seconds, so that a page full of cards reads each once. */
export class DeclaredServices {
  private claims?: Remembered<ReadonlyMap<string, Claim>>;
  private readonly specs = new Map<
    string,
    Remembered<MeshedServiceSpec | undefined>
  >();

  constructor(
    private readonly registry: Pick<Registry, 'listClaims' | 'readClaim'>,
    private readonly forge: Pick<Forge, 'read'>,
    private readonly logger: LoggerService,
    private readonly now: () => number = Date.now,
  ) {}

  /** @returns undefined when nobody has asked for the service. */
  async find(service: ServiceRef): Promise<DeclaredService | undefined> {
    const claim = (await this.list()).get(formatServiceRef(service));
    if (!claim) return undefined;
    const spec = await this.specOf(claim);
    return spec ? { claim, spec } : { claim };
  }

  /** @returns whether nobody holds the name; a claim that cannot be read could be anybody's. */
  async isFree(service: ServiceRef): Promise<boolean> {
    try {
      return (await this.registry.readClaim(service)) === undefined;
    } catch (error) {
      this.logger.warn(
        `The claim on ${formatServiceRef(service)} cannot be read: ${
          toError(error).message
        }`,
      );
      return false;
    }
  }

  /** @returns every claim, by `<cluster>/<namespace>/<name>`. */
  list(): Promise<ReadonlyMap<string, Claim>> {
    const now = this.now();
    if (!isFresh(this.claims, now)) {
      const value = this.registry
        .listClaims()
        .then(claims => new Map(claims.map(claim => [claim.service, claim])));
      value.catch(() => {
        this.claims = undefined;
      });
      this.claims = { at: now, value };
    }
    return this.claims.value;
  }

  private specOf(claim: Claim): Promise<MeshedServiceSpec | undefined> {
    const now = this.now();
    const remembered = this.specs.get(claim.service);
    if (isFresh(remembered, now)) return remembered.value;
    const value = this.readSpec(claim);
    this.specs.set(claim.service, { at: now, value });
    return value;
  }

  private async readSpec(claim: Claim): Promise<MeshedServiceSpec | undefined> {
    try {
      return (await readClaimedStamp(this.forge, claim))?.spec;
    } catch (error) {
      this.logger.warn(
        `The stamp of ${claim.service} cannot be read: ${
          toError(error).message
        }`,
      );
      return undefined;
    }
  }
}

function isFresh<Value>(
  remembered: Remembered<Value> | undefined,
  now: number,
): remembered is Remembered<Value> {
  return remembered !== undefined && now - remembered.at < FRESH_MILLISECONDS;
}
