/**
 * The platform's rules, from the folder that configuration names.
 *
 *   folder ─► guardrailsFrom ─► GuardrailPack ─► publishing
 *                   └─► error (file and line): then nothing may be written
 */
export { guardrailsFrom } from './guardrailsFrom';
