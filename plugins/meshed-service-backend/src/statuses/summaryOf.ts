import {
  MeshStatus,
  names,
  ServiceSummary,
  StatusMark,
} from '@meshway/plugin-meshed-service-common';
import type { DeclaredService } from '../declared';

/** @returns the line of a service in the fleet. */
export function summaryOf(
  status: MeshStatus,
  { claim, stamp }: Partial<DeclaredService>,
  mark: StatusMark,
): ServiceSummary {
  const { service, declared, observed, verdict, state, summary, observedAt } =
    status;
  return {
    service,
    ...(claim
      ? { owner: claim.owner, entityRef: names.entityRef(service) }
      : {}),
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
    summary,
    ...(observedAt ? { observedAt } : {}),
    mark,
  };
}
