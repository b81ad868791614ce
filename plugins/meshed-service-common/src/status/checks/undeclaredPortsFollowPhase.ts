import { phasePolicy } from '../../model';
import { defaultPolicyOf } from '../../mesh';
import { isLower } from '../Standing';
import { rungOfDefault } from '../openings';
import { Check, degraded, ok, share, isDeclared } from './Check';

/** Ports that nobody declared are as closed as the phase says. They have no Server, so the pods' default policy decides. */
export const undeclaredPortsFollowPhase: Check = {
  code: 'MSC011',
  title: 'Undeclared ports follow the phase',
  restsOn: ['Pod'],
  concerns: isDeclared,
  evaluate({ spec, observation: { pods, settings } }) {
    const meshed = pods.filter(({ proxy }) => proxy);
    if (!spec || meshed.length === 0) return undefined;
    const wanted = phasePolicy[spec.phase];
    const weaker = meshed.filter(pod =>
      isLower(
        rungOfDefault(defaultPolicyOf(pod, 0, settings)),
        rungOfDefault(wanted),
      ),
    );
    if (weaker.length === 0) {
      return ok(
        `Ports without a Server are as closed as phase ${spec.phase} asks.`,
      );
    }
    return degraded(
      `Phase ${
        spec.phase
      } asks for default policy ${wanted}; more is let in on ports without a Server by: ${share(
        weaker.length,
        meshed.length,
        'meshed pod',
      )}.`,
      {
        evidence: weaker.map(pod => ({
          ref: pod.ref,
          field: 'default inbound policy',
          value: defaultPolicyOf(pod, 0, settings),
        })),
        fix: 'See that the namespace carries the default policy of the phase, then restart the workload.',
      },
    );
  },
};
