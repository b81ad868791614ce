import { inboundPolicy } from '../../mesh';
import { Check, degraded, ok } from './Check';

/** Machines outside of the cluster are guarded, too: a Server that selects external workloads decides about their ports. */
export const machinesHaveServers: Check = {
  code: 'MSC032',
  title: 'External workloads have Servers',
  restsOn: ['ExternalWorkload', 'Server'],
  evaluate({ observation: { externalWorkloads, index, settings } }) {
    if (externalWorkloads.length === 0) return undefined;
    const open = externalWorkloads.flatMap(machine =>
      machine.ports
        .filter(
          ({ port }) =>
            inboundPolicy(machine, port, index, settings).server.kind ===
            'default',
        )
        .map(({ port }) => ({ ref: machine.ref, port })),
    );
    if (open.length === 0)
      return ok('Every port of every machine has a Server.');
    return degraded(
      open
        .map(({ ref, port }) => `Port ${port} of ${ref.name} has no Server.`)
        .join(' '),
      {
        evidence: open.map(({ ref, port }) => ({
          ref,
          field: 'spec.ports',
          value: String(port),
        })),
        fix: 'Add a Server with an externalWorkloadSelector: one with a podSelector is about pods only.',
      },
    );
  },
};
