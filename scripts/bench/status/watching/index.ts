/**
 * A store that follows a cluster, alone in its process: what it holds, how long it takes, and whom it keeps waiting.
 */
export type { Watched, WatchSettings } from './settings';
