/**
 * Services that the catalog knows, whoever made them.
 *
 *   entities with annotations (ours, or Backstage's for Kubernetes) ─► AnnotatedServices ─► service, selection, entity ─► statuses
 *
 * Read in the background with the plugin's own credentials. An entity says which service it stands for, and not who may see it:
 * what nobody has asked for is seen by those who may see everything.
 */
export { AnnotatedServices } from './AnnotatedServices';
export type { AnnotatedService } from './servicesOfEntity';
