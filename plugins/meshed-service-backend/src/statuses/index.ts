/**
 * The truth about services, for whoever asks.
 *
 *   DeclaredServices (owner, stamp) ─┐
 *   MeshStatuses (what is seen) ─────┴─► StatusEditions (JSON, mark) ─► ServiceStatuses ─► status, batch, fleet, export
 *                                                └─► what has changed ─► announcements, notifications, metrics
 *
 * A status is computed when something that it rests on has changed, and answered from memory: reading asks neither cluster nor
 * forge, and takes as long for one service of ten thousand as for one of ten.
 */
export { csv, json } from './exportFleet';
export type { ExportFormat } from './exportFleet';
export { ServiceStatuses } from './ServiceStatuses';
export type { BatchItem } from './ServiceStatuses';
export { SourceOverview } from './SourceOverview';
export type { StatusEdition } from './StatusEdition';
export { StatusEditions } from './StatusEditions';
export type { EditionChange } from './StatusEditions';
