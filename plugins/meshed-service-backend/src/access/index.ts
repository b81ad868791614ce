/**
 * Who may.
 *
 *   caller's credentials, permission ─► policy ─► decision ─► applied to the owner of each service
 *   policy's condition (IS_SERVICE_OWNER) ─► getResources(ref) ─► owner of the claim, or the requested one
 *
 * In: credentials of the caller, never the plugin's own. Out: a yes, or an error that names whom to ask. One decision is
 * fetched per request, however many services it is about; for reading, it is remembered for a few seconds (ADR 0025).
 */
export { ServiceAccess } from './ServiceAccess';
export { requireEnsure } from './requireEnsure';
export { registerPermissions } from './registerPermissions';
export { isServiceOwner, meshedServiceResourceRef } from './isServiceOwner';
export type { OwnerClaims } from './claimsSchema';
export type { ServicePermission } from './ServiceAccess';
