import { kinds } from '@meshway/plugin-meshed-service-common';
import { Manifest, platformForTests } from '@meshway/test-platform';
import { tokenOf } from '../../provisioning/__testUtils__/aCluster';
import { until } from './__testUtils__/aLiveCluster';
import { aRealCluster } from './__testUtils__/aRealCluster';

const DEFINITION =
  '/apis/apiextensions.k8s.io/v1/customresourcedefinitions/serverauthorizations.policy.linkerd.io';

/** What a platform of Kubernetes alone lacks of the kinds that are watched. */
const missing = [
  aDefinition('cert-manager.io', 'Certificate', 'v1'),
  aDefinition('argoproj.io', 'Application', 'v1alpha1'),
];

/** On a platform of its own: its definitions and roles change. */
describe('a real cluster, followed', () => {
  const platform = platformForTests(['kubernetes'], { own: true });
  let cluster: Awaited<ReturnType<typeof aRealCluster>>;
  let namespace: string;
  beforeAll(async () => {
    for (const definition of missing)
      await platform.kubernetes.server.apply(definition);
    cluster = await aRealCluster(platform, {
      limits: { forbidden: [200, 1_000] },
    });
    cluster.source.start();
    namespace = platform.newNamespaceName('shop');
    await send('POST', '/api/v1/namespaces', {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: namespace },
    });
  });
  afterAll(() => cluster?.stop());

  const send = async (method: string, path: string, body?: object) => {
    const merge =
      method === 'PATCH' ? 'application/merge-patch+json' : undefined;
    const { server } = platform.kubernetes;
    const answer = await server.send(method, path, body, merge);
    if (answer.status > 299)
      throw new Error(`${method} ${path}: ${JSON.stringify(answer.body)}`);
    return answer.body;
  };
  const podsOf = () => `/api/v1/namespaces/${namespace}/pods`;
  const aPodNamed = (name: string): Manifest => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace },
    spec: { containers: [{ name: 'web', image: 'web' }] },
  });
  const policies = (name: string) => ({
    ...kinds.Server,
    metadata: { name, namespace },
    spec: { podSelector: {}, port: 8080 },
  });

  it('equals what is listed, with the rights of infra/rbac/reader.yaml and no more', async () => {
    await cluster.untilEqual();
    const others = await until(
      () =>
        cluster.source.collections().filter(each => each.state !== 'current'),
      found => found.length === 0,
      30_000,
    );
    expect(others).toEqual([]);
  });

  it('is read with the rights of infra/rbac/writer.yaml, too', async () => {
    const writers = await aRealCluster(platform, {
      token: tokenOf(platform, 'writer'),
    });
    writers.source.start();
    await writers.untilEqual();
    const others = await until(
      () =>
        writers.source.collections().filter(each => each.state !== 'current'),
      found => found.length === 0,
      30_000,
    );
    await writers.stop();
    expect(others).toEqual([]);
  });

  it('follows what is made, changed, labelled and deleted', async () => {
    for (const name of ['a', 'b', 'c'])
      await send('POST', podsOf(), aPodNamed(name));
    await send(
      'POST',
      `/apis/policy.linkerd.io/v1beta3/namespaces/${namespace}/servers`,
      policies('web'),
    );
    await cluster.untilEqual();
    await send('PATCH', `${podsOf()}/a`, {
      metadata: { labels: { is: 'new' } },
    });
    await send('DELETE', `${podsOf()}/b?gracePeriodSeconds=0`);
    await cluster.untilEqual();
    const names = Object.keys(cluster.known('Pod'))
      .map(key => key.split(/[ /]/))
      .filter(([, of]) => of === namespace)
      .map(([, , name]) => name);
    expect(names).toEqual(['a', 'c']);
  });

  it('takes a definition that is removed for not installed, and follows when it is there again', async () => {
    const { metadata, ...definition } = (await send(
      'GET',
      DEFINITION,
    )) as Manifest;
    const { name, annotations, labels } = metadata;
    await send('DELETE', DEFINITION);
    const removed = await cluster.isIn('ServerAuthorization', 'notInstalled');
    await send(
      'POST',
      '/apis/apiextensions.k8s.io/v1/customresourcedefinitions',
      {
        ...definition,
        metadata: { name, annotations, labels },
        status: undefined,
      },
    );
    expect([
      removed,
      await cluster.isIn('ServerAuthorization', 'current'),
      (await cluster.untilEqual()) < 5_000,
    ]).toEqual(['notInstalled', 'current', true]);
  });

  it('names the right that is taken away, keeps what it knew, and goes on when it is given back', async () => {
    const path =
      '/apis/rbac.authorization.k8s.io/v1/clusterroles/meshway-reader';
    const { rules } = (await send('GET', path)) as {
      rules: Array<{ resources: string[]; verbs: string[] }>;
    };
    await send('PATCH', path, {
      rules: rules.map(rule =>
        rule.resources.includes('pods')
          ? { ...rule, verbs: rule.verbs.filter(verb => verb !== 'watch') }
          : rule,
      ),
    });
    const before = cluster.known('Pod');
    // An open watch outlives the right to it.
    cluster.line.cut();
    const state = await cluster.isIn('Pod', 'forbidden');
    const message = cluster.messageOf('Pod');
    const kept = cluster.known('Pod');
    await send('POST', podsOf(), aPodNamed('d'));
    await send('PATCH', path, { rules });
    await cluster.untilEqual();
    expect([state, message, kept]).toEqual([
      'forbidden',
      'its account may not watch pods in cluster local; infra/rbac/reader.yaml grants `watch pods`; apply and bind it',
      before,
    ]);
  });

  it('reads one namespace, once, for whoever may read no more', async () => {
    const { server } = platform.kubernetes;
    const rbac = 'rbac.authorization.k8s.io/v1';
    const name = 'developer';
    await server.apply({
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: { name, namespace },
    });
    await server.apply({
      apiVersion: rbac,
      kind: 'Role',
      metadata: { name, namespace },
      rules: [
        {
          apiGroups: ['', 'policy.linkerd.io'],
          resources: ['pods', 'servers'],
          verbs: ['list'],
        },
        { apiGroups: [''], resources: ['namespaces'], verbs: ['get'] },
      ],
    });
    await server.apply({
      apiVersion: rbac,
      kind: 'RoleBinding',
      metadata: { name, namespace },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name },
      subjects: [{ kind: 'ServiceAccount', name, namespace }],
    });
    const own = await aRealCluster(platform, {
      namespace,
      token: await server.requestToken(namespace, name),
    });
    await own.source.readOnce();
    await own.stop();
    expect([
      own.said('Pod', namespace),
      own.said('Server', namespace),
      own.said('Server'),
      own.said('NetworkPolicy', namespace),
      own.messageOf('NetworkPolicy'),
      Object.keys({ ...own.known('Namespace'), ...own.known('Server') }),
    ]).toEqual([
      'current',
      'current',
      'unreadable',
      'forbidden',
      'its account may not list networkpolicies.networking.k8s.io in cluster local; infra/rbac/reader.yaml grants `list networkpolicies.networking.k8s.io`; apply and bind it',
      [`Namespace /${namespace}`, `Server ${namespace}/web`],
    ]);
  });
});

/** @returns a definition that accepts any content. */
function aDefinition(group: string, kind: string, version: string): Manifest {
  const singular = kind.toLowerCase();
  const plural = `${singular}s`;
  const openAPIV3Schema = {
    type: 'object',
    'x-kubernetes-preserve-unknown-fields': true,
  };
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${plural}.${group}` },
    spec: {
      group,
      scope: 'Namespaced',
      names: { kind, plural, singular },
      versions: [
        {
          name: version,
          served: true,
          storage: true,
          schema: { openAPIV3Schema },
        },
      ],
    },
  };
}
