/**
 * What is known about the mTLS of a service, for people.
 *
 *   entity ─► serviceOf ─► useMeshStatus ─► Loadable<MeshStatus> ─► MeshStatusView (card), MeshTabView (tab)
 *                                                       presentVerdict, presentState ─┘ label, icon, tone
 *
 * In: an entity that stands for a service. Out: pictures. Words come from the common package, looks from here; a
 * container knows where the status comes from, a view knows only the status.
 */
export { MeshStatusCard } from './MeshStatusCard';
export { MeshTab } from './MeshTab';
