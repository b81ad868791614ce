import { formatObjectRef } from '../../model';
import { portsOfService } from '../ports';
import { standingsOfPort } from '../standings';
import { Check, degraded, ok } from './Check';

/** One Server decides about a port. The oldest wins, and what the others say has no effect, though nothing tells them. */
export const noServerIsShadowed: Check = {
  code: 'MSC005',
  title: 'No Server is shadowed',
  restsOn: ['Pod', 'ExternalWorkload', 'Server'],
  evaluate({ spec, observation }) {
    const losers = new Map(
      portsOfService(spec, observation)
        .flatMap(({ port }) => standingsOfPort(observation, port))
        .flatMap(({ policy }) =>
          policy.shadowed.map(ref => ({
            ref,
            port: policy.port,
            by: policy.server.name,
          })),
        )
        .map(each => [`${formatObjectRef(each.ref)} ${each.port}`, each]),
    );
    if (observation.index.policies.servers.length === 0) return undefined;
    if (losers.size === 0) return ok('Every port has one Server at most.');
    const lost = [...losers.values()];
    return degraded(
      lost
        .map(
          ({ ref, port, by }) =>
            `Server ${ref.name} has no effect on port ${port}: Server ${by} decides, which is older or first by name.`,
        )
        .join(' '),
      {
        evidence: lost.map(({ ref }) => ({ ref, field: 'spec.port' })),
        fix: 'Delete one of the Servers, or let them select different pods or ports.',
      },
    );
  },
};
