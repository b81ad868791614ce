/**
 * Whom proxies trust.
 *
 *   trust bundle (PEM) ─► trustAnchorsIn ─► one text per certificate, comparable ─► readValidity ─► from when to when
 *
 * In: PEM as a ConfigMap or an environment holds it. Out: values; nothing is verified here, only read.
 */
export { trustAnchorsIn } from './trustAnchorsIn';
export { readValidity } from './readValidity';
export type { Validity } from './readValidity';
