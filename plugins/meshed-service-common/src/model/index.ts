/**
 * What every room speaks of: kinds, names, identity, labels, and the platform's settings.
 *
 *   spec ─► names, labels, identity ─► manifests (write them) and mesh, status (read them)
 *
 * Names are made here once and used by both flows; a string that is both rendered and read stands nowhere else.
 */
export * from './forgeAddress';
export * from './identity';
export * from './Instant';
export * from './kinds';
export * from './KubernetesObject';
export * from './labels';
export * from './names';
export * from './phasePolicy';
export * from './Platform';
export * from './proxy';
export * from './stampFile';
