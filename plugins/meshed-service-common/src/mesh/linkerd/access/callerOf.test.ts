import { annotations, labels } from '../../../model';
import { aPod } from '../../../testUtils';
import { isUnreadable } from '../../readable';
import { Pod, podFromKubernetes } from '../kinds';
import { callerOf } from './callerOf';

const settings = {
  ...{ controlPlaneNamespace: 'linkerd', trustDomain: 'cluster.local' },
  ...{ clusterNetworks: [], probeNetworks: [] },
};

/** In an installation that skips one port of whoever is called, and one of whoever calls. */
function pod({
  proxy = true,
  controlPlane = 'linkerd',
  written = {},
}: {
  proxy?: boolean;
  controlPlane?: string;
  written?: Record<string, string>;
} = {}): Pod {
  const object = aPod('web-1', {
    ...{ proxy, annotations: written },
    labels: { [labels.linkerdControlPlaneNamespace]: controlPlane },
    spec: {
      containers: [{ name: 'web' }],
      initContainers: [
        {
          name: 'linkerd-init',
          args: [
            ...['--inbound-ports-to-ignore', '4567'],
            ...(written[annotations.linkerdSkipOutboundPorts] === undefined
              ? ['--outbound-ports-to-ignore', '4568']
              : []),
          ],
        },
        ...(proxy ? [{ name: 'linkerd-proxy', restartPolicy: 'Always' }] : []),
      ],
    },
  });
  const status = { ...(object.status as object), podIPs: [{ ip: '10.1.0.7' }] };
  const read = podFromKubernetes({ ...object, status });
  if (isUnreadable(read)) throw new Error(read.because);
  return read;
}

describe('callerOf', () => {
  it.each<[string, string, [Pod, Pod, number]]>([
    ['both run a proxy', 'mesh', [pod(), pod(), 8080]],
    ['the client runs none', 'plaintext', [pod({ proxy: false }), pod(), 8080]],
    ['the target runs none', 'plaintext', [pod(), pod({ proxy: false }), 8080]],
    [
      'the target is of another control plane',
      'plaintext',
      [pod(), pod({ controlPlane: 'other' }), 8080],
    ],
    [
      'the client leaves the port out',
      'plaintext',
      [
        pod({ written: { [annotations.linkerdSkipOutboundPorts]: '8080' } }),
        ...([pod(), 8080] as const),
      ],
    ],
    [
      'the installation leaves the port out, as the init container of the client says',
      'plaintext',
      [pod(), pod(), 4568],
    ],
    [
      'the target leaves the port out',
      'plaintext',
      [
        pod(),
        pod({ written: { [annotations.linkerdSkipInboundPorts]: '4567' } }),
        4567,
      ],
    ],
    [
      'the installation leaves out that of the target, of which the proxies of clients know nothing',
      'mesh',
      [pod(), pod(), 4567],
    ],
    ['it is the port of the proxy itself', 'mesh', [pod(), pod(), 4191]],
  ])('%s: %s', (_, transport, [client, target, port]) => {
    expect(callerOf(client, target, port, settings)?.transport).toBe(transport);
  });
});
