import type { Pod } from '../../mesh';
import { Check, degraded, ok, share } from './Check';

/** Jobs end when their work does: a native sidecar ends with them, an ordinary one keeps the pod running for ever. */
export const jobsCanEnd: Check = {
  code: 'MSC025',
  title: 'Jobs can end',
  restsOn: ['Pod'],
  evaluate({ observation: { pods } }) {
    const ofJobs = pods.filter(isOfJob);
    if (ofJobs.length === 0) return undefined;
    const held = ofJobs.filter(({ proxy }) => proxy?.kind === 'sidecar');
    if (held.length === 0) return ok('Nothing keeps jobs from ending.');
    const over = held.some(({ proxy }) => proxy?.outlivesPod);
    return degraded(
      `${
        over
          ? 'The work is done and the proxy keeps running'
          : 'The proxy is an ordinary sidecar, which does not end with the work'
      }: ${share(held.length, ofJobs.length, 'pod of a job')}.`,
      {
        evidence: held.map(({ ref }) => ({ ref, field: 'spec.containers' })),
        fix: 'Let the proxy be a native sidecar: config.linkerd.io/proxy-enable-native-sidecar: "true". Or end it with the work by linkerd-await --shutdown.',
      },
    );
  },
};

function isOfJob({ owner }: Pod): boolean {
  return owner?.kind === 'Job';
}
