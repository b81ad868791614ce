/**
 * The record of a service in its own repository: `meshed.service.yaml`.
 *
 *   spec, rendered files, facts of creation ─► stampOf ─► Stamp ─► writeStamp ─► file
 *   file ─► readStamp ─► Stamp ─► repeat (created is kept), drift, catalog
 *   Stamp, files ─► verifyStamp ─► what somebody has changed by hand
 *
 * The portal keeps no database of services: delete it, and every stamp still says what was asked for and made.
 */
export { digestOf, digestOfFiles } from './digest';
export { readStamp } from './readStamp';
export { stampOf } from './stampOf';
export type { StampFacts } from './stampOf';
export { ownerships } from './Stamp';
export type { Creation, Ownership, Stamp, StampedFile } from './Stamp';
export { verifyStamp } from './verifyStamp';
export type { StampProblem } from './verifyStamp';
export { writeStamp } from './writeStamp';
