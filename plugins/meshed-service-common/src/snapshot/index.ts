/**
 * What of a cluster may be handed on: a snapshot that support can read, and that holds no secret.
 *
 *   object of a cluster ─► shareable ─► the same object, with nothing but what answers rest on
 *
 * Pure. What is kept is listed, kind by kind (`keptOf`), and everything else is left out: a field that nobody has thought of
 * stays at home. A test takes every object of every fixture and recording through its door twice, as it is and as it is shared:
 * whoever teaches a door to read one more field finds out here.
 */
export { leftOut } from './leftOut';
export { shareable } from './shareable';
