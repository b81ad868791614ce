/**
 * Who is told that a status has changed.
 *
 *   EditionChange ─► mark (opaque key, version) ─► StatusAnnouncements ─► Backstage's signals ─► browsers, which read again
 *
 * An announcement names nothing: the key comes with the status, through the route that authorizes. Where no signals backend is
 * installed nothing listens, and browsers ask now and then.
 */
export { opaqueKeys } from './opaqueKeys';
export { StatusAnnouncements } from './StatusAnnouncements';
