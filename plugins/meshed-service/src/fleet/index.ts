/**
 * All meshed services that somebody may see, and the clusters that they run in.
 *
 *   address ─► FleetQuestion ─► readFleet ─► Loadable ─► FleetView: Distribution, FleetTable, pages
 *                                 └─ again when a change is announced
 *   readClusters ─► Loadable ─► ClustersView
 *
 * In: the address of the page. Out: pictures. The backend filters, sorts and pages; what a line looks like is the status
 * room's business, so that card and fleet never disagree.
 */
export { FleetPage } from './FleetPage';
export { ClustersPage } from './ClustersPage';
