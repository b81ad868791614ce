import type { Instant } from '../model';

/**
 * A role of a Kubernetes auth mount in Vault, as far as it says who may log in as whom; lists are sorted.
 *
 * @public
 */
export type VaultRole = {
  boundServiceAccountNames: readonly string[];
  boundServiceAccountNamespaces: readonly string[];
  audience: string;
  tokenPolicies: readonly string[];
  aliasNameSource: string;
};

/**
 * What is known of the role of one service in Vault. It is asked in the background, so it has an age.
 *
 * @public
 */
export type VaultRoleEvidence =
  | {
      kind: 'read';
      name: string;
      /** Undefined: Vault said that there is none. */
      role: VaultRole | undefined;
      observedAt: Instant;
      /** Asking again has failed since: it is no longer sure. */
      staleBecause?: string;
    }
  | { kind: 'notRead'; name: string; because: string };
