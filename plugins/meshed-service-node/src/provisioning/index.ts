/**
 * A service on the real thing, made and taken away.
 *
 *   request ─► render, admit ─► preflight ─► plan ─┬─► problems, diff (nothing written)
 *                                                  └─► claim ─► account ─► policies ─► Vault role ─► Argo CD ─► receipt
 *   service ─► what is in its namespace ─► retire: Argo CD ─► Vault role ─► policies ─► namespace ─► receipt
 *
 * In: original values and whoever asks. Out: plans, receipts and findings, as plain JSON. What to do is decided by pure
 * functions over what was read; only `writeObject`, `writeVault` and `retireService` write.
 */
export { DefaultProvisioning } from './DefaultProvisioning';
export { PreflightError, ProvisioningConflictError } from './errors';
export type {
  MeshedServiceProvisioning,
  PhaseOptions,
  PhaseRequest,
  ProvisioningOptions,
  RetirementRequest,
} from './MeshedServiceProvisioning';
export type { ProvisioningCluster, ProvisioningParts } from './context';
export { readerRules, writerRules } from './permissions';
export type { RoleRules } from './permissions';
export type { VerifyOptions } from './verify/verifyService';
