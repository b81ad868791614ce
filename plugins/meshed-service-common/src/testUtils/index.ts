/**
 * What tests are written with: builders for everything that a test would otherwise spell out.
 *
 *   `aMeshedServiceSpec({ phase: 'enforce' })` ─► a spec that went through the door
 *   `anAcceptedSpecInput()`, `aHostileValue()` ─► fast-check arbitraries for properties
 *
 * Not for production code. It imports the package by its name, as any other user of it would: so the two entries share
 * one set of types, in their reports and in what is published.
 *
 * @packageDocumentation
 */
export * from './aGuardrailPackFolder';
export * from './aMeshedServiceSpec';
export * from './acceptedSpecs';
export * from './hostileValues';
export * from './goldenFiles';
export * from './problemsWith';
export * from './anObservation';
export * from './kubernetesObjects';
export { aTrafficEvidence, someAnswers } from './aTrafficEvidence';
export type { SomeRows } from './aTrafficEvidence';
export { answersFrom, parseSeries } from './replayedProxies';
export type { Scraped } from './replayedProxies';
