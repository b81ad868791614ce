/**
 * Who holds which name.
 *
 *   spec ─► claimService ─► services/<cluster>/<namespace>/<name>.yaml in the registry repository ─► Argo CD
 *              └─► ForgeConflictError (the owner, what to do)
 *   registry repository ─► ClaimsReader ─► all claims, when they have changed
 *
 * The claim is a commit: a forge lets one of two win, keeps the history of both, and Argo CD can read it.
 */
export { ClaimsReader } from './ClaimsReader';
export type { Claims } from './ClaimsReader';
export { claimFile, claimObject, parseClaim } from './claimFile';
export {
  ForgeRegistry,
  isConflict,
  refuseSharedRepository,
  refuseUnlessOurs,
} from './ForgeRegistry';
export { readClaimedStamp } from './readClaimedStamp';
export type { Claim, Registry } from './Registry';
