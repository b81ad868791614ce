/**
 * Evaluates Kubernetes ValidatingAdmissionPolicy in JavaScript. Knows nothing of Backstage or of Meshway; runs in a
 * browser as well as in Node.
 *
 * @packageDocumentation
 */
export * from './cel';
export * from './policy';
