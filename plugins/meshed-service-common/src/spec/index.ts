/**
 * What a team asks for.
 *
 *   form, file, API call ─► parseMeshedServiceSpec ─► MeshedServiceSpec ─► manifests, stamp, status
 *                                    └─► InvalidSpecError (field, what would be right)
 *
 * In: anything. Out: a spec in which every name works everywhere it ends up, so that no later room checks again.
 */
export * from './bounds';
export * from './MeshedServiceSpec';
export * from './parseMeshedServiceSpec';
export { fromForm, REVIEW_PROPERTY } from './fromForm';
export { hasRateLimit } from './checkSpec';
export * as patterns from './patterns';
export type { Pattern } from './patterns';
export { problemsOf } from './problemsOf';
export { reservedFor } from './reservedNames';
export { formatPath, InvalidSpecError, quote } from './SpecProblem';
export type { SpecProblem } from './SpecProblem';
