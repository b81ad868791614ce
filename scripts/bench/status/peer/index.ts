/**
 * Another plugin that shows the objects of a service: `@backstage/plugin-kubernetes-backend`, asked for one card.
 *
 *   installPeer (npm, into .meshway/cache) ─► program.ts: its fan-out handler, in process ─► the same API server
 *
 * It is installed beside the project: 250 MB that nothing else here needs.
 */
export { installPeer } from './installPeer';
export type { PeerSettings } from './settings';
