/**
 * Facts about meshed services for Tech Insights.
 *
 *   GET services (the fleet) ─► factsOf ─► one record for each catalog entity ─► checks and scorecards of the portal
 *
 * @packageDocumentation
 */
export { techInsightsModuleMeshedService as default } from './module';
export { meshedServiceFacts } from './meshedServiceFacts';
