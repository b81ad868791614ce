import { Check, degraded, missing, ok, share } from './Check';

/** Every pod of the service carries a proxy. Labels prove nothing: any author of a pod may write them. */
export const podsCarryProxy: Check = {
  code: 'MSC001',
  title: 'Pods carry the proxy',
  restsOn: ['Pod'],
  evaluate({ observation: { pods } }) {
    if (pods.length === 0) {
      return missing('No pod of the service is there.', {
        fix: 'Deploy the workload, or look why its pods are not created.',
      });
    }
    const bare = pods.filter(({ proxy }) => !proxy);
    if (bare.length === 0) return ok('All pods carry the proxy.');
    const onHost = bare.some(({ hostNetwork }) => hostNetwork);
    return degraded(
      `Without a proxy: ${share(bare.length, pods.length, 'pod')}.`,
      {
        evidence: bare.map(({ ref }) => ({ ref, field: 'spec.containers' })),
        fix: onHost
          ? 'Pods on the network of their host are never meshed: remove hostNetwork.'
          : 'Restart the workload: injection happens when a pod is created.',
      },
    );
  },
};
