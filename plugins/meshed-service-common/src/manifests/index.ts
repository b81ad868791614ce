/**
 * What a spec becomes.
 *
 *   MeshedServiceSpec, Platform ─► renderBundle ─► Bundle (objects, in order) ─► guardrails, plan
 *                                                     └─► bundleFiles ─► toYaml ─► the service's repository
 *
 * In: a parsed spec and what the platform decided. Out: values; nothing here can fail or look anything up.
 * Objects are rendered in TypeScript and not as text, so that a value can only end up where its renderer puts it
 * (docs/adr/0001). One renderer per kind; `renderBundle` alone knows the order.
 */
export type { Bundle } from './Bundle';
export { bundleFiles, meshComponentFolder } from './bundleFiles';
export type { BundleFile } from './bundleFiles';
export { renderBundle } from './renderBundle';
export { toYaml } from './toYaml';
export { ownerRules } from './role';
export type { PolicyRule } from './role';
