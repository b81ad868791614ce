import { annotations } from '../../model';
import { defaultPolicyOf, parseDefaultPolicy } from '../../mesh';
import { Check, degraded, ok, share } from './Check';

/**
 * Pods run under the default policy that their namespace asks for. They take it when they are created, and keep it.
 *
 * @public
 */
export const noRestartPending: Check = {
  code: 'MSC003',
  title: 'Pods run under the policy of their namespace',
  restsOn: ['Pod', 'Namespace'],
  evaluate({ observation: { namespace, pods, settings } }) {
    const written = namespace?.defaultInboundPolicy;
    const meshed = pods.filter(({ proxy }) => proxy);
    if (!namespace || written === undefined || meshed.length === 0) {
      return undefined;
    }
    const field = `metadata.annotations["${annotations.linkerdDefaultInboundPolicy}"]`;
    const wanted = parseDefaultPolicy(written);
    if (!wanted) {
      return degraded(
        'The namespace asks for a default policy that does not exist.',
        {
          evidence: [{ ref: namespace.ref, field, value: written }],
          fix: 'Correct the annotation: Linkerd ignores a value that it does not know.',
        },
      );
    }
    const other = meshed.filter(
      pod => defaultPolicyOf(pod, 0, settings) !== wanted,
    );
    if (other.length === 0) return ok(`All pods run under ${wanted}.`);
    return degraded(
      `The namespace asks for ${wanted}. Under another default policy: ${share(
        other.length,
        meshed.length,
        'meshed pod',
      )}.`,
      {
        evidence: other.map(pod => ({
          ref: pod.ref,
          field,
          value: pod.defaultInboundPolicy ?? defaultPolicyOf(pod, 0, settings),
        })),
        fix: 'Restart the workload: pods take their default policy when they are created.',
      },
    );
  },
};
