/**
 * The running systems that the configuration names, each made once and asked nothing until it is needed.
 *
 *   MeshedServiceConfig ─► systemsFromConfig ─► cluster(name): Kubernetes, its Argo CD ; vault
 *                                                  └─► InputError (which clusters there are)
 *
 * In: the configuration as read. Out: ports. Wiring, and nothing else.
 */
export { systemsFromConfig } from './systemsFromConfig';
export type { Systems, SystemsOptions } from './systemsFromConfig';
