/**
 * The browser side of Meshway: what people see of a service, and the form by which they ask for one.
 *
 *   ask   form fields ─► values of a spec ─► (scaffolder)
 *   see   MeshedServiceApi ─► Loadable ─► card, tab
 *
 * @packageDocumentation
 */
export { meshedServicePlugin as default, meshedServicePlugin } from './plugin';
export { meshedServiceApiRef, MeshedServiceClient } from './api';
export type { MeshedServiceApi, ReadOptions } from './api';
