import { proxyPorts } from '../../model';
import { admitsPort, restrictsPod } from '../kinds';
import { Check, degraded, ok, share } from './Check';

/** Where NetworkPolicies restrict a pod, they let the mesh in: meshed clients come to port 4143, whatever port they call. */
export const networkPoliciesAdmitMesh: Check = {
  code: 'MSC012',
  title: 'NetworkPolicies let the mesh in',
  restsOn: ['Pod', 'NetworkPolicy'],
  evaluate({ observation: { pods, networkPolicies } }) {
    const meshed = pods.filter(({ proxy }) => proxy);
    const restricting = networkPolicies.filter(policy =>
      meshed.some(pod => restrictsPod(policy, pod)),
    );
    if (restricting.length === 0) return undefined;
    const closed = meshed.filter(pod => {
      const over = restricting.filter(policy => restrictsPod(policy, pod));
      return (
        over.length > 0 &&
        !over.some(policy => admitsPort(policy, proxyPorts.inbound))
      );
    });
    if (closed.length === 0) return ok('NetworkPolicies let the mesh in.');
    return degraded(
      `NetworkPolicies keep meshed clients out, who come to port ${
        proxyPorts.inbound
      }: ${share(closed.length, meshed.length, 'meshed pod')}.`,
      {
        evidence: restricting.map(({ ref }) => ({
          ref,
          field: 'spec.ingress',
        })),
        fix: `Let TCP ${proxyPorts.inbound} in, and ${proxyPorts.admin} for metrics.`,
      },
    );
  },
};
