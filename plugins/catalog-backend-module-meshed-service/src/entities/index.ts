/**
 * From claims and stamps to entities.
 *
 *   ClaimsReader, Forge ─► LocatedServices ─► ServiceEntityProvider ─┬─► locations
 *                                                                    └─► AwaitedEntities ─► what is not shown yet is read again sooner
 *   entity, stamp, claim ─► StampProcessor ─┬─► describeService ─► annotations, links
 *                                           └─► relateService ─► who calls whom
 */
export { AwaitedEntities } from './AwaitedEntities';
export { KnownServices } from './KnownServices';
export { LocatedServices, looksAtOnce } from './LocatedServices';
export { ServiceEntityProvider } from './ServiceEntityProvider';
export { Sources } from './Sources';
export { StampProcessor } from './StampProcessor';
