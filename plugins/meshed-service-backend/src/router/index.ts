/**
 * The HTTP API. Every route parses, authorizes the caller, calls one service, and responds.
 *
 *   request ─► parse (400) ─► authorize (403) ─► one service (404, 409, 503) ─► wire type
 *   write ─► limit (429) ─► audit event ─► the same ─► receipt, or a line per step and then the receipt
 */
export { createRouter } from './createRouter';
export type { RouterServices } from './RouterServices';
