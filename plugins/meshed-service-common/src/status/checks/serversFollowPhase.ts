import { names, phasePolicy } from '../../model';
import { Check, degraded, ok, isDeclared } from './Check';

/** The Servers of the service are as strict as its phase says. */
export const serversFollowPhase: Check = {
  code: 'MSC010',
  title: 'Servers follow the phase',
  restsOn: ['Server'],
  concerns: isDeclared,
  evaluate({ spec, observation }) {
    if (!spec) return undefined;
    const own = new Set(spec.ports.map(port => names.server(spec, port)));
    const servers = observation.index.policies.servers.filter(({ name }) =>
      own.has(name),
    );
    if (servers.length === 0) return undefined;
    const wanted = phasePolicy[spec.phase];
    const other = servers.filter(({ accessPolicy }) => accessPolicy !== wanted);
    if (other.length === 0) {
      return ok(`All Servers have the access policy of phase ${spec.phase}.`);
    }
    return degraded(
      `Phase ${spec.phase} asks for access policy ${wanted}; ${other
        .map(({ name, accessPolicy }) => `Server ${name} has ${accessPolicy}`)
        .join(', ')}.`,
      {
        evidence: other.map(({ ref, accessPolicy }) => ({
          ref,
          field: 'spec.accessPolicy',
          value: accessPolicy,
        })),
        fix: 'Deliver the manifests of the service again, or change its phase to what the cluster has.',
      },
    );
  },
};
