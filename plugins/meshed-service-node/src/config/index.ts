/**
 * What the owner of a portal decides, read once.
 *
 *   app-config.yaml (`meshedService`) ─► readMeshedServiceConfig ─► MeshedServiceConfig ─► backend, actions, catalog module
 *                                              └─► InputError (key, the way out)
 *
 * In: Backstage's configuration. Out: a value in which every setting has its default, every folder is absolute and every
 * name works, so that no later room reads configuration again.
 */
export { readMeshedServiceConfig } from './readMeshedServiceConfig';
export type {
  ForgeConfig,
  MeshedServiceConfig,
  RateLimits,
  StatusSettings,
} from './MeshedServiceConfig';
