/**
 * Who may create, change, retire and see: the portal's permission policy, as a module of the permission plugin.
 *
 *   permission, user ─► decisionFor ─► allow | deny | conditional (the plugin that owns the resource applies the rule)
 *
 * One table decides (`decisions.ts`, told for people in README.md); what the table does not know is allowed to read
 * and otherwise kept for the platform group.
 *
 * @packageDocumentation
 */
export { permissionModuleMeshedService as default } from './module';
export { MeshedServicePolicy } from './MeshedServicePolicy';
