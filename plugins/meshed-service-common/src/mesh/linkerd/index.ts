/**
 * What a Linkerd control plane makes of the objects in a namespace.
 *
 *   KubernetesObject ─► kinds ─► inbound: EffectivePolicy ─┬─► status/checks
 *                                                          └─► access: could X call me?
 *
 * In: objects narrowed by their `…FromKubernetes` door. Out: values, never objects.
 */
export * from './kinds';
export * from './inbound';
export * from './access';
export {
  isLinkerdConfig,
  readLinkerdConfig,
  readLinkerdInstallation,
} from './linkerdConfig';
export type { LinkerdInstallation } from './linkerdConfig';
export {
  concernsLinkerd,
  findWorkload,
  readLinkerdObjects,
} from './LinkerdObjects';
export type { LinkerdObjects } from './LinkerdObjects';
