import {
  MeshStatus,
  names,
  ServiceSummary,
  StateCounts,
  StatusMark,
} from '@meshway/plugin-meshed-service-common';
import type { ReadStatus } from './StatusReader';

/** @returns the line of a service in the fleet. */
export function summaryOf(
  { status, declared: record, entityRef }: ReadStatus,
  mark: StatusMark,
): ServiceSummary {
  const { service, declared, observed, verdict, state, summary, observedAt } =
    status;
  const { claim, stamp } = record ?? {};
  const entity = entityRef ?? (claim && names.entityRef(service));
  return {
    service,
    ...(claim ? { owner: claim.owner } : {}),
    ...(entity ? { entityRef: entity } : {}),
    ...(stamp
      ? {
          phase: stamp.spec.phase,
          template: stamp.status.template.ref,
          templateVersion: stamp.status.template.version,
        }
      : {}),
    declared,
    observed,
    verdict,
    state,
    findings: countsOf(status),
    summary,
    ...(observedAt ? { observedAt } : {}),
    mark,
  };
}

function countsOf({ findings }: MeshStatus): StateCounts {
  const counts: StateCounts = {};
  for (const { state } of findings) counts[state] = (counts[state] ?? 0) + 1;
  return counts;
}
