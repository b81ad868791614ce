/**
 * The HTTP API as a document.
 *
 *   operations (method, path, words, wire schemas) ─► openApiDocument ─► GET /v1/openapi.json
 *
 * Schemas are those of the wire types; a test compares the operations with the routes that the router really has.
 */
export { openApiDocument } from './openApiDocument';
export { operations } from './operations';
