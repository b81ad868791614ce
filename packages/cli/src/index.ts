/**
 * `meshway`: the core without a portal.
 *
 *   arguments ─► program ─► commands/ ─► input/ (files, folders, stdin) ─► -common, -node ─► text or --json
 *                                └─► exit code: 0 ok, 1 refused, 2 cannot be read, 3 cannot be said
 *
 * In: files. Out: text for people on standard output, errors on standard error, and an exit code that a script can act
 * on. Nothing here decides anything about services: it reads, asks the core, and prints.
 *
 * @packageDocumentation
 */
export { main } from './program';
