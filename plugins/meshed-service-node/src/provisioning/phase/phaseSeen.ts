import {
  kinds,
  Phase,
  phasePolicy,
  phases,
  Problem,
} from '@meshway/plugin-meshed-service-common';
import { Wanted } from '../context';
import { ObjectDecision } from '../survey/decideObject';
import { Survey } from '../survey/surveyService';

/** @returns the phase that our Servers are in: that of the loosest; undefined when there is none, or none that is known. */
export function phaseSeen(
  decisions: readonly ObjectDecision[],
): Phase | undefined {
  const policies = decisions
    .filter(
      ({ object, problem }) =>
        object.kind === kinds.Server.kind && problem?.code !== 'name-taken',
    )
    .map(({ live }) => Object(live?.spec).accessPolicy);
  return phases.find(phase => policies.includes(phasePolicy[phase]));
}

/** @returns why asking again must not move a service forward: nobody would have said why, or looked whom it cuts off. */
export function forwardProblems(
  { spec }: Wanted,
  { decisions }: Survey,
): Problem[] {
  // In gitops a repository that exists is changed by proposals only.
  if (spec.delivery.mode === 'gitops') return [];
  const seen = phaseSeen(decisions);
  if (!seen || phases.indexOf(seen) >= phases.indexOf(spec.phase)) return [];
  return [
    {
      code: 'phase-forward',
      system: 'kubernetes',
      message: `Its Servers are in phase ${seen}, and ${spec.phase} is asked for.`,
      fix: 'Change the phase on its own, one step at a time and with a reason (service:setPhase, meshway phase).',
    },
  ];
}
