/**
 * CEL as Kubernetes speaks it, behind an interface.
 *
 *   expression ─► CelEngine.compile ─► CelProgram ─► test | evaluate (activation)
 *   JSON ─► toCel ─────────────────────────────────────────────┘
 *
 * What an API server would refuse, or the engine would judge differently, is refused when it is compiled; what could
 * take too long is refused before it is started.
 */
export * from './CelEngine';
export { createCelJsEngine } from './celJsEngine';
export { celBounds, toCel, UnjudgeableObjectError } from './toCel';
