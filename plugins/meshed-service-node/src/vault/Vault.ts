/**
 * What Meshway does in a Vault (or OpenBao): roles of one Kubernetes auth mount, and policies where configured.
 *
 * @public
 */
export interface Vault {
  readonly address: string;

  /** @returns how it is, without logging in. */
  health(options?: VaultOptions): Promise<VaultHealth>;

  /** @returns a role of a Kubernetes auth mount, or undefined. A mount that does not exist throws `VaultMountError`. */
  readRole(
    mount: string,
    name: string,
    options?: VaultOptions,
  ): Promise<KubernetesAuthRole | undefined>;

  /** Writes a role as a whole; the same content again changes nothing. */
  writeRole(
    mount: string,
    name: string,
    role: KubernetesAuthRole,
    options?: VaultOptions,
  ): Promise<void>;

  /** A role that is gone already is no error. */
  deleteRole(
    mount: string,
    name: string,
    options?: VaultOptions,
  ): Promise<void>;

  /** @returns the HCL of an ACL policy, or undefined. */
  readPolicy(name: string, options?: VaultOptions): Promise<string | undefined>;
  writePolicy(name: string, hcl: string, options?: VaultOptions): Promise<void>;
  deletePolicy(name: string, options?: VaultOptions): Promise<void>;

  /** @returns which capabilities the token has on each path (`sys/capabilities-self`). */
  capabilities(
    paths: readonly string[],
    options?: VaultOptions,
  ): Promise<Record<string, readonly string[]>>;
}

/** @public */
export type VaultOptions = { signal?: AbortSignal };

/** @public */
export type VaultHealth = {
  initialized: boolean;
  sealed: boolean;
  /** A standby answers, but forwards writes. */
  standby: boolean;
  version: string;
};

/** The fields of a role that Meshway writes; lists are sorted. @public */
export type KubernetesAuthRole = {
  boundServiceAccountNames: readonly string[];
  boundServiceAccountNamespaces: readonly string[];
  audience: string;
  tokenPolicies: readonly string[];
  tokenTtlSeconds: number;
  tokenMaxTtlSeconds: number;
  aliasNameSource: 'serviceaccount_uid' | 'serviceaccount_name';
};
