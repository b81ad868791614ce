/**
 * What proxies saw of the traffic that reached a service, from what a Prometheus says of them.
 *
 *   questions ─► promqlOf ─► (Prometheus) ─► TrafficAnswers ─► TrafficIndex ─┐
 *                                       pods and policies of one service ────┴─► trafficOf ─► TrafficEvidence ─► status
 *
 * The questions are the same few for one service and for ten thousand. Flows are read from the counters of the proxy's own
 * judgement: together they hold everything that reached it, once, and unlike the others they are never dropped for being
 * idle. What no series can tell (ports around the proxy, proxies that nobody scrapes) is named beside what they tell.
 */
export { auditEvidenceOf, auditQueries } from './audit';
export type { AuditEvidence, AuditSubject } from './audit';
export { promqlOf } from './promql';
export type { Scope } from './promql';
export { questionNames, questions } from './questions';
export type { Matcher, Question, QuestionName } from './questions';
export { TrafficIndex } from './TrafficIndex';
export type {
  Proxies,
  ProxyRows,
  TrafficAnswers,
  TrafficRow,
} from './TrafficIndex';
export { trafficOf } from './trafficOf';
export type { TrafficSubject } from './trafficOf';
export type {
  Admitted,
  Count,
  PortTraffic,
  TrafficEvidence,
} from './TrafficEvidence';
export { transports } from './SeenClient';
export type { SeenClient, Transport } from './SeenClient';
export { leafStates } from './certificates';
export type { LeafCertificate, LeafState } from './certificates';
