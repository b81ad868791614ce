import { platformForTests } from '.';

describe('the cluster of a platform', () => {
  const platform = platformForTests(['kubernetes']);

  it('serves the kinds of Linkerd, of Gateway API and of the Vault Secrets Operator', async () => {
    const served = await Promise.all(
      [
        '/apis/policy.linkerd.io/v1beta3/servers',
        '/apis/policy.linkerd.io/v1alpha1/authorizationpolicies',
        '/apis/gateway.networking.k8s.io/v1/httproutes',
        '/apis/secrets.hashicorp.com/v1beta1/vaultstaticsecrets',
      ].map(
        async kind =>
          (
            await platform.kubernetes.server.send('GET', kind)
          ).status,
      ),
    );

    expect(served).toEqual([200, 200, 200, 200]);
  });

  it('gives a pod of a meshed namespace a proxy that knows policy, ports and identity', async () => {
    const { namespace, pod } = await aPodIn({
      'linkerd.io/inject': 'enabled',
      'config.linkerd.io/default-inbound-policy': 'deny',
      'config.linkerd.io/skip-inbound-ports': '9999',
    });

    const { initContainers } = pod.spec as InjectedSpec;
    const [proxy] = initContainers;
    expect({
      labels: pod.metadata.labels,
      annotations: pod.metadata.annotations,
      proxy: [proxy.name, proxy.restartPolicy],
      environment: proxy.env.filter(({ value }) => value),
    }).toEqual({
      labels: {
        'linkerd.io/control-plane-ns': 'linkerd',
        'linkerd.io/workload-ns': namespace,
      },
      annotations: {
        'config.linkerd.io/default-inbound-policy': 'deny',
        'config.linkerd.io/skip-inbound-ports': '9999',
        'linkerd.io/created-by': 'linkerd/proxy-injector edge-26.8.3',
        'linkerd.io/inject': 'enabled',
        'linkerd.io/proxy-version': 'edge-26.8.3',
      },
      proxy: ['linkerd-proxy', 'Always'],
      environment: [
        { name: 'LINKERD2_PROXY_INBOUND_DEFAULT_POLICY', value: 'deny' },
        { name: 'LINKERD2_PROXY_INBOUND_PORTS', value: '8080' },
        {
          name: 'LINKERD2_PROXY_IDENTITY_LOCAL_NAME',
          value:
            '$(_pod_sa).$(_pod_ns).serviceaccount.identity.linkerd.cluster.local',
        },
      ],
    });
  });

  it('leaves a pod alone whose namespace does not ask for a proxy', async () => {
    const { pod } = await aPodIn({});

    expect(pod.spec).not.toHaveProperty('initContainers');
  });

  type InjectedSpec = {
    initContainers: Array<{
      name: string;
      restartPolicy: string;
      env: Array<{ name: string; value?: string }>;
    }>;
  };

  async function aPodIn(annotations: Record<string, string>) {
    const { server } = platform.kubernetes;
    const namespace = platform.newNamespaceName('pods');
    await server.apply({
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: namespace, annotations },
    });
    await server.apply({
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: { name: 'default', namespace },
    });
    const pod = await server.apply({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'web', namespace },
      spec: {
        containers: [
          { name: 'web', image: 'web', ports: [{ containerPort: 8080 }] },
        ],
      },
    });
    return { namespace, pod };
  }
});
