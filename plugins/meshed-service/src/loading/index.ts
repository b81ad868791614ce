/**
 * Something that is read from afar, and every way in which it may not be there.
 *
 *   read() ─► useLoadable ─► Loadable ─► view
 *              └─ again when a change is heard of, and every few seconds, while the page is visible
 *
 * In: a function that reads. Out: a value that a view can draw without knowing where it came from. A read that fails
 * after one that succeeded keeps the old value, with the reason beside it: old truth with its age beats none.
 */
export type { Loadable } from './Loadable';
export { useLoadable } from './useLoadable';
export type { Listen } from './useLoadable';
export { useNow } from './useNow';
export { sentenceOf } from './sentenceOf';
export { formatAge } from './formatAge';
export { formatInstant } from './formatInstant';
export { AskForAccess, CouldNotLoad } from './pictures';
export { Waiting } from './Waiting';
