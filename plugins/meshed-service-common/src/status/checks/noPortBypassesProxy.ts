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
    const bypassed = portsOfService(spec, observation)
      .map(({ port }) => port)
      .filter(port => pods.some(pod => bypassesProxy(pod, port)));
    const networks = [...new Set(pods.flatMap(networksAroundProxy))];
    if (networks.length > 0) {
      const field = `metadata.annotations["${annotations.linkerdSkipSubnets}"]`;
      return degraded(
        `Whoever comes from ${networks.join(
          ', ',
        )} bypasses the proxy at every port: no mTLS, no policy, no metrics.`,
        {
          evidence: pods
            .filter(pod => networksAroundProxy(pod).length > 0)
            .map(pod => ({
              ...{ ref: pod.ref, field },
              value: networksAroundProxy(pod).join(','),
            })),
          fix: 'Remove the annotation, or the setting `proxyInit.skipSubnets` of the installation, and restart the workload.',
        },
      );
    }
    if (bypassed.length === 0) return ok('Every port goes through the proxy.');
    return degraded(
      `Port ${bypassed.join(
        ', ',
      )} bypasses the proxy: no mTLS, no policy, no metrics.`,
      {
        evidence: pods
          .filter(pod => bypassed.some(port => bypassesProxy(pod, port)))
          .map(pod => ({
            ref: pod.ref,
            field: `metadata.annotations["${annotations.linkerdSkipInboundPorts}"]`,
            ...(pod.skipInboundPorts ? { value: pod.skipInboundPorts } : {}),
          })),
        fix: 'Remove the ports from the annotation and restart the workload; make them opaque if the proxy must not read their protocol.',
      },
    );
  },
};
