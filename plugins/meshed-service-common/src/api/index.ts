/**
 * What goes over the wire between backend, frontend and CLI. Base path: `/api/meshed-service/v1`.
 *
 *   router ─► schema ─► JSON ─► schema ─► client, card, CLI
 *
 * In: values of the other rooms. Out: the same values, checked. Requests are strict (an unknown key is refused);
 * responses ignore keys that a newer backend may send. Paths are made by `apiRoutes` and nowhere else.
 * Errors have Backstage's own shape: `{ error: { name, message }, request, response }`.
 */
export * from './clusters';
export * from './fieldChange';
export * from './guardrails';
export * from './plan';
export * from './plannedFile';
export * from './provisioning';
export * from './repositories';
export * from './routes';
export * from './services';
export * from './signals';
export * from './status';
export * from './writes';
