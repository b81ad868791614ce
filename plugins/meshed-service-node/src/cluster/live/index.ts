/**
 * A cluster that runs, followed into a store.
 *
 *   API server ◄─ Feed ◄─┬─ Reflector: list (streamed, else in pages), watch ─► Intake ─► store: apply, delete
 *                        │      ▲ one connection each; why it ended: Ending
 *                        │  CollectionRun: what next, and when ─► FreshnessBoard ─► store: current, stale since, forbidden …
 *                        │      ▲ which kinds there are: Definitions, the index of one more CollectionRun
 *                        └─ Pulse: is the server ready? ─► cuts what cannot be trusted, calls in who waits
 *
 * In: a feed, which an API server answers, or whatever replays one. Out: a store that equals the cluster, and says of every
 * kind since when it may not. A list in progress is taken in while the old one is still served, marked stale; what is gone is
 * found by difference. Limits are measured by a clock that nobody sets, and no fault of a server, a line or an object ends
 * more than one connection.
 */
export { LiveSource } from './LiveSource';
export type { FollowedCollection, LiveSourceOptions } from './LiveSource';
export { clusterFeed } from './clusterFeed';
export type { Feed, FeedQuestion } from './Feed';
export { defaultWatchLimits } from './WatchLimits';
export type { WatchLimits } from './WatchLimits';
export { systemTiming } from './Timing';
export type { Timing } from './Timing';
export { watchRules } from './watchRules';
export type { Standing } from './Standing';
