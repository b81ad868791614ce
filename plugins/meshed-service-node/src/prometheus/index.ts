/**
 * What a Prometheus knows of the traffic in a cluster.
 *
 *   every interval: 14 questions ─► PrometheusOverHttp.ask ─► TrafficIndex ◄─ of(observation) ─► TrafficEvidence
 *   before a service moves to enforce: audit(subject) ─► AuditEvidence
 *
 * The number of questions does not grow with services, and a read asks nobody. A round that fails, is slow, huge, malformed
 * or only a part leaves the last whole one in its place, with its age and the reason; what the questions mean is the pure
 * core's business (`traffic` there).
 */
export { PrometheusError } from './errors';
export type { Prometheus } from './Prometheus';
export { defaultPrometheusTimes } from './PrometheusAccess';
export type { PrometheusAccess } from './PrometheusAccess';
export { PrometheusOverHttp } from './PrometheusOverHttp';
export { trafficFromConfig } from './trafficFromConfig';
export type { MeasuredCluster } from './trafficFromConfig';
export type { TrafficChange, TrafficSource } from './TrafficSource';
export { whyTokenShows } from './whyTokenShows';
