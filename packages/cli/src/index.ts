/**
 * `meshway`: the core without a portal.
 *
 *   arguments ─► program ─► commands/ (what there is) ─► work/ ─┬─ input/ (files, folders, stdin) ─┬─► -common, -node
 *                                                               └─ platform/ (kubeconfig, Vault) ──┘        │
 *                                    text or --json, exit code ◄─ present/ ◄────────────────────────────────┘
 *
 * In: files, and for some commands the real systems. Out: text for people on standard output, errors on standard error, and
 * an exit code that a script can act on. Nothing here decides anything about services: it reads, asks the core, and prints.
 * The commands are words only, so that `--help` starts quickly; what they do is loaded when it is done.
 *
 * @packageDocumentation
 */
export { main } from './program';
