/**
 * The HTTP API as a document.
 *
 *   operations (method, path, words, wire schemas) ─► openApiDocument ─► GET /v1/openapi.json
 *
 * Schemas are those of the wire types; tests compare the operations with the routes that the
 * router really has, in both directions, and what it really answers with the document.
 */
export { openApiDocument } from './openApiDocument';
export { operations } from './operations';
