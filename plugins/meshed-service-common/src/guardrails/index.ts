/**
 * The platform's rules, before admission.
 *
 *   files of a pack ─► loadGuardrailPack ─► GuardrailPack ─┐
 *   objects of a bundle ───────────────────────────────────┴─► admit ─► Violation[]
 *
 * The rules are the very ValidatingAdmissionPolicies that the cluster enforces (docs/adr/0002). A missing or broken
 * pack is no value of any type here, so nothing can be written without one.
 */
export { admit, unjudgeable } from './admit';
export { guardrailPlaces, guardrailSeverities } from './GuardrailPack';
export type {
  Guardrail,
  GuardrailCase,
  GuardrailPack,
  GuardrailPlace,
  GuardrailSeverity,
  Violation,
} from './GuardrailPack';
export { InvalidGuardrailPackError } from './InvalidGuardrailPackError';
export type { GuardrailPackProblem } from './InvalidGuardrailPackError';
export { loadGuardrailPack } from './loadGuardrailPack';
export { runGuardrailTests } from './runGuardrailTests';
export type { GuardrailTestResult } from './runGuardrailTests';
