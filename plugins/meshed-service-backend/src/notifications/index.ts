/**
 * Who hears that a service has fallen.
 *
 *   EditionChange ─► Falls (worse than before, for long enough) ─► messagesOf ─► Backstage's notifications ─► the owner
 *
 * In: changes of statuses. Out: one notification for each fall and one for its recovery. Data that is missing is no fall, nor
 * is a phase that somebody changed.
 */
export { FallNotifications } from './FallNotifications';
