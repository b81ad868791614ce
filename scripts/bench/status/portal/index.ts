/**
 * A portal to be measured: a real Backstage backend in a process of its own, with our plugin, users who sign in, and permissions.
 *
 *   registry (claims, some stamps) ─┐
 *   configuration ──────────────────┴─► program.ts: createBackend ─► http
 *                                         ├─ our plugins, as packages/backend has them
 *                                         ├─ fixedAnswers: what an authenticated route costs that answers a fixed object
 *                                         └─ questions of the bench: memory, event loop
 *
 * What does not answer here is left out: app, search, TechDocs, scaffolder.
 */
export { Portal } from './Portal';
export type { PortalSettings } from './settings';
export type { Memory } from './gauges';
