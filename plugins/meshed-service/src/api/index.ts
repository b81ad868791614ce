/**
 * The backend plugin as the browser sees it.
 *
 *   card, tab, fields, pages ─► MeshedServiceApi ─► fetch ─► /api/meshed-service/v1 ─► schema ─► value
 *
 * In: what is asked. Out: values checked by the wire schemas of the common package, or a `ResponseError`.
 */
export { meshedServiceApiRef } from './MeshedServiceApi';
export type { MeshedServiceApi, ReadOptions } from './MeshedServiceApi';
export { MeshedServiceClient } from './MeshedServiceClient';
