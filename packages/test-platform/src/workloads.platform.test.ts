import { platformForTests } from '.';
import { until } from './__testUtils__/until';

type Pod = {
  spec: { nodeName: string };
  status: {
    phase: string;
    podIP?: string;
    initContainerStatuses?: Array<{ name: string; ready: boolean }>;
  };
};

describe('a workload on a platform', () => {
  const platform = platformForTests(['pods']);

  it('runs with a proxy that is ready, on a node that does not exist', async () => {
    const { server } = platform.kubernetes;
    const namespace = platform.newNamespaceName('workload');
    await server.apply({
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: {
        name: namespace,
        annotations: { 'linkerd.io/inject': 'enabled' },
        labels: { 'pod-security.kubernetes.io/enforce': 'restricted' },
      },
    });
    await server.apply({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'web', namespace },
      spec: {
        selector: { matchLabels: { app: 'web' } },
        template: {
          metadata: { labels: { app: 'web' } },
          spec: {
            securityContext: {
              runAsNonRoot: true,
              seccompProfile: { type: 'RuntimeDefault' },
            },
            containers: [
              {
                name: 'web',
                image: 'registry.example/web:1.0',
                ports: [{ containerPort: 8080 }],
                securityContext: {
                  allowPrivilegeEscalation: false,
                  capabilities: { drop: ['ALL'] },
                },
              },
            ],
          },
        },
      },
    });

    const [pod] = await until(
      async () => {
        const { body } = await server.send(
          'GET',
          `/api/v1/namespaces/${namespace}/pods`,
        );
        return (body as { items: Pod[] }).items;
      },
      pods => pods[0]?.status.phase === 'Running',
    );

    expect({
      phase: pod.status.phase,
      address: pod.status.podIP,
      proxies: pod.status.initContainerStatuses?.map(({ name, ready }) => ({
        name,
        ready,
      })),
    }).toEqual({
      phase: 'Running',
      address: expect.stringMatching(/^10\.\d+\.\d+\.\d+$/),
      proxies: [{ name: 'linkerd-proxy', ready: true }],
    });
  });
});
