/**
 * The truth about services, for whoever asks.
 *
 *   Registry ─► DeclaredServices ─► what was asked for (owner, spec from the stamp) ─┐
 *   MeshStatuses (store, snapshot) ─► what is observed ──────────────────────────────┴─► ServiceStatuses ─► status, fleet
 */
export { DeclaredServices } from './DeclaredServices';
export { ServiceStatuses } from './ServiceStatuses';
