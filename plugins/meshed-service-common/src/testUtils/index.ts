/**
 * What tests are written with: builders for everything that a test would otherwise spell out.
 *
 *   aMeshedServiceSpec({ phase: 'enforce' }) ─► a spec that went through the door
 *   anAcceptedSpecInput(), aHostileValue()   ─► fast-check arbitraries for properties
 *
 * Not for production code.
 */
export * from './aGuardrailPackFolder';
export * from './aMeshedServiceSpec';
export * from './acceptedSpecs';
export * from './hostileValues';
export * from './goldenFiles';
export * from './problemsWith';
export * from './anObservation';
export * from './kubernetesObjects';
