import type { TrafficSummary } from './MeshStatus';

/**
 * What traffic showed, from wherever it is measured.
 *
 * @public
 */
export type TrafficEvidence = TrafficSummary;
