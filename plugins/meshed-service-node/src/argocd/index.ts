/**
 * Argo CD, as far as its custom resources tell: what a project permits, and how an application is.
 *
 *   AppProject ─► permissions ─► objections, each naming the field that has to change
 *   Application ─► applicationState ─► sync, health, revision, messages
 *
 * In: names, and the port to the cluster that Argo CD runs in. Out: values and sentences. Patterns are read as Argo CD
 * reads them; what stands in its Secrets is not read, and where only that could tell, nothing is objected.
 */
export type * from './ArgoCd';
export { ArgoCdResources } from './ArgoCdResources';
