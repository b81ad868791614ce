/**
 * Meshed services in the catalog, without hand work.
 *
 *   registry ─► claims ─► ServiceEntityProvider ─► locations ─► catalog-info.yaml ─► the team's entity
 *                                                                     │
 *   stamp beside it ─► StampProcessor ─► annotations, links, relations ─┘
 *   address of the local forge ─► ForgeUrlReader ─► catalog, TechDocs, scaffolder
 *
 * In: the registry and the repositories of the forge. Out: entities that the ecosystem's plugins understand. The entity is
 * the team's own file; what only the stamp can know is taken from the stamp, whatever somebody wrote by hand.
 *
 * @packageDocumentation
 */
export { meshedServiceCatalogFeatures as default } from './features';
export { catalogModuleMeshedService } from './module';
export { forgeUrlReaderServiceFactory } from './reader';
