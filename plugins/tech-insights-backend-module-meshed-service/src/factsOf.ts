import { parseEntityRef } from '@backstage/catalog-model';
import type { TechInsightFact } from '@backstage-community/plugin-tech-insights-node';
import {
  rungs,
  type ServiceSummary,
} from '@meshway/plugin-meshed-service-common';
import type { FactName } from './schema';

/** @returns the facts of one service; none when no entity of the catalog stands for it. */
export function factsOf(summary: ServiceSummary): TechInsightFact[] {
  const { entityRef, verdict, state, findings, observed } = summary;
  if (!entityRef) return [];
  const isKnown = verdict.kind === 'known';
  const rung = isKnown ? verdict.rung : 'unknown';
  const facts: Record<FactName, string | number | boolean> = {
    verdict: rung,
    // Of what is unknown nothing is claimed: neither the best nor the worst.
    rung: isKnown ? rungs.indexOf(verdict.rung) : -1,
    isKnown,
    isMeshed: isKnown && verdict.rung !== 'notMeshed',
    isEnforced: rung === 'enforced',
    isObserved: observed,
    state,
    isOk: state === 'ok',
    phase: summary.phase ?? '',
    templateVersion: summary.templateVersion ?? '',
    degradedFindings: findings?.degraded ?? 0,
    missingFindings: findings?.missing ?? 0,
    unknownFindings: findings?.unknown ?? 0,
  };
  const { kind, namespace, name } = parseEntityRef(entityRef);
  return [{ entity: { kind, namespace, name }, facts }];
}
