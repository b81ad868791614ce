/**
 * How work is spread over time, so that no request waits for it; `inSlices` of the node library cuts what is computed.
 *
 *   many items that are asked for ─► inTurns (a few at once) ─► done
 *   something that changes   ─► WorkQueue (each item once, however often it was added meanwhile)
 *   something that gets old  ─► Repeating
 */
export { inTurns } from './inTurns';
export { Listeners } from './Listeners';
export { Repeating } from './Repeating';
export { WorkQueue } from './WorkQueue';
