/**
 * From claims and stamps to entities.
 *
 *   Registry ─► ServiceEntityProvider ─► locations
 *   entity, stamp, claim ─► StampProcessor ─┬─► describeService ─► annotations, links
 *                                           └─► relateService ─► who calls whom
 */
export { KnownServices } from './KnownServices';
export { ServiceEntityProvider } from './ServiceEntityProvider';
export { Sources } from './Sources';
export { StampProcessor } from './StampProcessor';
