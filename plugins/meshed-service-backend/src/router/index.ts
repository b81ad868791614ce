/**
 * The HTTP API. Every route parses, authorizes the caller, calls one service, and responds.
 *
 *   request ─► parse (400) ─► authorize (403) ─► one service (404, 503) ─► wire type
 */
export { createRouter } from './createRouter';
export type { RouterServices } from './RouterServices';
