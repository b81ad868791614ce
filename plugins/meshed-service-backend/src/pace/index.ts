/**
 * How work is spread over time, so that no request waits for it.
 *
 *   many items ─► inSlices (a few milliseconds each) | inTurns (a few at once) ─► done
 *   something that changes   ─► WorkQueue (each item once, however often it was added meanwhile)
 *   something that gets old  ─► Repeating
 */
export { inSlices } from './inSlices';
export { inTurns } from './inTurns';
export { Listeners } from './Listeners';
export { Repeating } from './Repeating';
export { WorkQueue } from './WorkQueue';
