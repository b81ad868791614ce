import { Secret } from '../http';

/**
 * Where a Vault (or OpenBao) is, and how one gets a token of it.
 *
 * @public
 */
export type VaultAccess = {
  /** https, or http on the machine itself. */
  address: string;
  /** Certificates of the authority (PEM). Default: those that Node trusts. */
  caFile?: string;
  /** Vault's own namespace (Enterprise, OpenBao). Default: the root. */
  namespace?: string;
  credentials: VaultCredentials;
};

/** @public */
export type VaultCredentials =
  | { kind: 'token'; token: Secret }
  /** Read anew for every request, as an agent renews it. */
  | { kind: 'tokenFile'; file: string }
  /** Logs in with the token of a ServiceAccount. */
  | { kind: 'kubernetes'; mount: string; role: string; jwtFile: string }
  /** Whoever has the token in memory hands it over for each request. */
  | { kind: 'supplier'; supply: () => Promise<Secret> };
