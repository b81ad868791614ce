/**
 * What is counted about ourselves.
 *
 *   fleet, sources, reads ─► StatusMetrics ─► Backstage's metrics service (OpenTelemetry) ─► the exporter of the portal
 *
 * Why this way, and what each metric means: docs/adr/0026, docs/operating.md.
 */
export { StatusMetrics } from './StatusMetrics';
export type { ReadAnswer } from './StatusMetrics';
