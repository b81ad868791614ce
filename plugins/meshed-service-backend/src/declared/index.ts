/**
 * What was asked for, as it is remembered.
 *
 *   registry repository ─► ClaimsReader ─► ClaimIndex (who holds which name) ─┐
 *   repositories of services ─► StampIndex (what was asked for, by what) ─────┴─► DeclaredServices ─► statuses, access
 *
 * In: a forge. Out: claims and stamps without waiting, and who is told when they change. Whoever writes must not rely on
 * this: `provisioning/RecordedServices` reads what is, and not what was.
 */
export { DeclaredServices } from './DeclaredServices';
export type { DeclaredChange, DeclaredService } from './DeclaredServices';
