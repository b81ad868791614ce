/**
 * The pure core of Meshway. Isomorphic: no node:, no React, no network, no clock, no randomness.
 *
 *   ask   input ─► spec ─► manifests (bundle) ─► guardrails ─► stamp
 *   see   objects ─► mesh (effective policy) ─┬─► status
 *         metrics ─► traffic (evidence) ─────┘
 *         objects ─► snapshot: what of them may be handed on
 *
 * @packageDocumentation
 */
export * from './api';
export * from './guardrails';
export * from './manifests';
export * from './mesh';
export * from './model';
export * from './permissions';
export * from './snapshot';
export * from './spec';
export * from './stamp';
export * from './status';
export * from './traffic';
