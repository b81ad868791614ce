/**
 * An API server that replays a fleet: enough of one to be watched, and cheap enough to have 100,000 objects.
 *
 *   Fleet ─► ReplayServer: discovery, definitions, lists in pages and as streams, watches that hear nothing but bookmarks
 *
 * It counts what it is asked, so that a bench can say that reading a status asks nothing. It runs beside the bench
 * (`program.ts`), and changes nothing: what changes is measured on a real API server.
 */
export { ReplayServer, WATCHES } from './ReplayServer';
export { rootOf, servedBy } from './served';
export type { ServedResource } from './served';
