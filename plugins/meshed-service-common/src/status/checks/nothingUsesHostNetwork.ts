import { Check, degraded, ok } from './Check';

/** Nothing of the service runs on the network of its host: the injector passes such pods over. */
export const nothingUsesHostNetwork: Check = {
  code: 'MSC024',
  title: 'Nothing uses the network of its host',
  restsOn: ['Pod', 'Deployment', 'StatefulSet', 'DaemonSet'],
  evaluate({ observation: { pods, workloads } }) {
    const templates = workloads.filter(({ template }) => template);
    if (pods.length + templates.length === 0) return undefined;
    const evidence = [
      ...templates
        .filter(({ template }) => template?.hostNetwork)
        .map(({ ref }) => ({ ref, field: 'spec.template.spec.hostNetwork' })),
      ...pods
        .filter(({ hostNetwork }) => hostNetwork)
        .map(({ ref }) => ({ ref, field: 'spec.hostNetwork' })),
    ];
    return evidence.length === 0
      ? ok('Nothing uses the network of its host.')
      : degraded(
          'Pods on the network of their host are never meshed, and share its address with everything else there.',
          { evidence, fix: 'Remove hostNetwork from the pod template.' },
        );
  },
};
