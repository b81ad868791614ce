import { annotations } from '../../model';
import { bypassesProxy, networksAroundProxy } from '../../mesh';
import { portsOfService } from '../ports';
import { Check, degraded, ok } from './Check';

/** Every port of the service goes through the proxy. A port that bypasses it has neither mTLS nor policy nor metrics. */
export const noPortBypassesProxy: Check = {
  code: 'MSC009',
  title: 'No port bypasses the proxy',
  restsOn: ['Pod'],
  evaluate({ spec, observation }) {
    const pods = observation.pods.filter(({ proxy }) => proxy);
    if (pods.length === 0) return undefined;
    const ports = portsOfService(spec, observation)
      .map(({ port }) => port)
      .filter(port => pods.some(pod => bypassesProxy(pod, port)));
    const networks = [...new Set(pods.flatMap(networksAroundProxy))];
    if (ports.length + networks.length === 0)
      return ok('Every port goes through the proxy.');
    const around = [
      ...(ports.length > 0
        ? [`Port ${ports.join(', ')} bypasses the proxy`]
        : []),
      ...(networks.length > 0
        ? [
            `Whoever comes from ${networks.join(
              ', ',
            )} bypasses the proxy at every port`,
          ]
        : []),
    ];
    return degraded(
      around.map(each => `${each}: no mTLS, no policy, no metrics.`).join(' '),
      {
        evidence: [
          ...pods
            .filter(pod => ports.some(port => bypassesProxy(pod, port)))
            .map(({ ref, skipInboundPorts }) => ({
              ref,
              field: fieldOf(annotations.linkerdSkipInboundPorts),
              ...(skipInboundPorts ? { value: skipInboundPorts } : {}),
            })),
          ...pods
            .filter(pod => networksAroundProxy(pod).length > 0)
            .map(pod => ({
              ref: pod.ref,
              field: fieldOf(annotations.linkerdSkipSubnets),
              value: networksAroundProxy(pod).join(','),
            })),
        ],
        fix: [
          ...(ports.length > 0
            ? [
                'Remove the ports from the annotation and restart the workload; make them opaque if the proxy must not read their protocol.',
              ]
            : []),
          ...(networks.length > 0
            ? [
                'Remove the networks from the annotation, or from the setting `proxyInit.skipSubnets` of the installation, and restart the workload.',
              ]
            : []),
        ].join(' '),
      },
    );
  },
};

function fieldOf(annotation: string): string {
  return `metadata.annotations["${annotation}"]`;
}
