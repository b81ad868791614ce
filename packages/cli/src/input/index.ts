/**
 * What commands read.
 *
 *   files, folders, `-` ─► readTexts ─► readDocuments ─► readObjects, readSpec
 *                                            └─► UnreadableError (file, line)
 *
 * In: names as they stand on the command line. Out: objects that know where they came from, or a spec. Nothing later
 * opens a file.
 */
export { guardrailFolder, readGuardrails } from './readGuardrails';
export { readObjects } from './readObjects';
export type { LocatedObject } from './readObjects';
export { readPlatformFile } from './readPlatformFile';
export { readPortalConfig } from './readPortalConfig';
export type { PortalConfig } from './readPortalConfig';
export { readRequest, readSpec } from './readSpec';
export type { ReadRequest } from './readSpec';
export { readTexts } from './readTexts';
