/**
 * One Vault or OpenBao: its health, the roles of a Kubernetes auth mount, and policies where configured.
 *
 *   VaultAccess ─► VaultTokens (token, file, login, supplier) ─┐
 *   role, name ─► VaultOverHttp ─► VaultConnection ─► http ────┴─► Vault
 *                                        └─► refusalOf ─► a named error, with the way out
 *   service ─► VaultRoles.of: who may log in as it, and when that was so ; asked in the background from then on
 *
 * In: roles and names of ours. Out: roles with sorted lists and times in seconds, so that they can be compared, or an error
 * that says what was attempted and what to do. Tokens live in memory only, and no error holds one. A refused token and a
 * missing right look the same in Vault: the token is asked about itself to tell them apart.
 */
export type * from './Vault';
export type { VaultAccess, VaultCredentials } from './VaultAccess';
export * from './errors';
export { VaultOverHttp } from './VaultOverHttp';
export { VaultRoles } from './VaultRoles';
export type { VaultRolesOptions, VaultRoleSource } from './VaultRoles';
