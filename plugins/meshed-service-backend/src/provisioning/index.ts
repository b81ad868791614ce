/**
 * Services on the real thing, as the routes need them.
 *
 *   configuration, publishing, systems ─► provisioningOn ─► MeshedServiceProvisioning (of -node)
 *   namespace, registry, stamp ─► RecordedServices ─► whose a service is, and what it was asked for
 *
 * In: where a service is. Out: its recorded owner and values, read anew for each request, because rights hang on them.
 */
export { provisioningOn } from './provisioningOn';
export { noTemplate, RecordedServices } from './RecordedServices';
