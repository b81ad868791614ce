import type {
  MeshedServiceSpec,
  ServiceRef,
} from '@meshway/plugin-meshed-service-common';
import type { Author } from '../forge';

/**
 * The record that a name is taken, and by whom.
 *
 * @public
 */
export type Claim = {
  /** `<cluster>/<namespace>/<name>`. */
  service: string;
  owner: string;
  repository: string;
};

/**
 * Who holds which name: one file per service in the registry repository, which Argo CD reads, too.
 *
 * @public
 */
export interface Registry {
  /** Name of the repository. */
  readonly repository: string;
  /**
   * Takes a name, or finds that it is ours already. Of two that claim at once, one wins.
   *
   * @param content - what the file shall hold when it is made (`claimFile`).
   * @param by - `agreed`: the service's own repository records these very answers, so a change of them (another owner,
   *   project or branch) has been reviewed and merged there: the claim follows.
   * @throws ForgeConflictError naming the owner when somebody else holds the name.
   */
  claimService(
    spec: MeshedServiceSpec,
    content: string,
    by: { author: Author; agreed?: boolean; signal?: AbortSignal },
  ): Promise<{ claim: Claim; outcome: 'created' | 'renewed' | 'unchanged' }>;
  /** Who holds a name; undefined when nobody does. */
  readClaim(service: ServiceRef): Promise<Claim | undefined>;
  /**
   * Takes the registration away that Argo CD makes an application of, and keeps the name: it is held until the service is
   * gone.
   *
   * @throws ForgeConflictError naming the owner when somebody else holds the name.
   */
  withdrawRegistration(
    service: ServiceRef,
    owner: string,
    by: { author: Author; signal?: AbortSignal },
  ): Promise<'withdrawn' | 'unchanged' | 'absent'>;
  /**
   * Gives a name up.
   *
   * @throws ForgeConflictError naming the owner when somebody else holds the name.
   */
  releaseService(
    service: ServiceRef,
    owner: string,
    by: { author: Author; signal?: AbortSignal },
  ): Promise<'released' | 'absent'>;
  /** All claims, by the name that they are on. */
  listClaims(): Promise<Claim[]>;
}
