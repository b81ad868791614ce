import {
  InputError,
  NotAllowedError,
  ServiceUnavailableError,
} from '@backstage/errors';

/** There is no auth method at the mount, or it is not the Kubernetes one. @public */
export class VaultMountError extends ServiceUnavailableError {}

/** The token is missing, wrong, or has expired. @public */
export class VaultTokenError extends ServiceUnavailableError {}

/** The token is good, and may not do this. @public */
export class VaultPermissionError extends NotAllowedError {
  constructor(
    message: string,
    readonly missing: { path: string; capabilities: readonly string[] },
  ) {
    super(message);
  }
}

/** Vault is sealed: somebody has to unseal it. @public */
export class VaultSealedError extends ServiceUnavailableError {}

/** Vault is up, and cannot do it just now, or not here. @public */
export class VaultUnavailableError extends ServiceUnavailableError {}

/** Vault finds what was to be written malformed. @public */
export class VaultRefusedError extends InputError {}
