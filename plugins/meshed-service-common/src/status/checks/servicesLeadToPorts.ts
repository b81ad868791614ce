import { inPorts } from '../../mesh';
import type { Pod } from '../../mesh';
import { isOpaque, KubernetesService, leadsTo, targetOf } from '../kinds';
import { Check, degraded, ok } from './Check';

/** The Services of the service lead to ports of its pods, and clients read them as the pods do. */
export const servicesLeadToPorts: Check = {
  code: 'MSC035',
  title: 'Services lead to ports of pods',
  restsOn: ['Pod', 'Service'],
  evaluate({ observation: { pods, kubernetesServices } }) {
    if (kubernetesServices.length === 0 || pods.length === 0) return undefined;
    const faults = kubernetesServices.flatMap(each => faultsOf(each, pods));
    if (faults.length === 0) return ok('Every Service leads to ports of pods.');
    return degraded(faults.map(({ message }) => message).join(' '), {
      evidence: faults.map(({ ref, field }) => ({ ref, field })),
      fix: 'Correct the selector, the targetPort or the annotation that is named; opaque ports must be opaque on Service and pods.',
    });
  },
};

function faultsOf(service: KubernetesService, pods: readonly Pod[]) {
  const { ref, name, selects, ports } = service;
  const reached = pods.filter(pod => leadsTo(service, pod));
  if (reached.length === 0) {
    // Without a selector somebody else keeps its endpoints.
    return selects.length === 0
      ? []
      : [
          {
            ref,
            field: 'spec.selector',
            message: `Service ${name} selects no pod.`,
          },
        ];
  }
  return ports.flatMap(each => {
    const targets = reached.map(pod => ({ pod, port: targetOf(each, pod) }));
    if (targets.every(({ port }) => port === undefined)) {
      const message = `Service ${name} leads port ${each.port} to ${each.target}, which no container has.`;
      return [{ ref, field: 'spec.ports', message }];
    }
    const differs = targets.some(
      ({ pod, port }) =>
        port !== undefined &&
        pod.proxy &&
        isOpaque(service, each.port) !== inPorts(pod.opaquePorts, port),
    );
    return differs && service.opaquePorts.length > 0
      ? [
          {
            ref,
            field: 'metadata.annotations["config.linkerd.io/opaque-ports"]',
            message: `Port ${each.port} is opaque on one side only, Service ${name} or its pods.`,
          },
        ]
      : [];
  });
}
