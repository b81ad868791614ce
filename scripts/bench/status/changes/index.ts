/**
 * From a change in the cluster to another answer of the portal.
 *
 *   program.ts: PATCH a Server ─► (API server ─► watch ─► store ─► status) ─► GET status until its ETag is another
 *
 * One process looks at all that are awaited, one look at a time (`Looker`). Each service is changed once at a time, so that
 * another answer can only be due to this change. Time begins when the write is sent, so that what the API server takes for it
 * counts, too.
 */
export type { ChangeSettings, ChangeTimes } from './settings';
