import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { TestPlatform } from '@meshway/test-platform';
import { stringify } from 'yaml';

/** What no snapshot may hold. */
export const SECRET = 's3cret-of-the-workload';

const server = (namespace: string, accessPolicy: string) => ({
  apiVersion: 'policy.linkerd.io/v1beta3',
  kind: 'Server',
  metadata: { name: 'web.http', namespace },
  spec: {
    podSelector: { matchLabels: { 'app.kubernetes.io/name': 'web' } },
    port: 'http',
    proxyProtocol: 'HTTP/1',
    accessPolicy,
  },
});

/** A service that is meshed and enforced, in a namespace of its own, with secrets all around it. */
export async function aMeshedWorkload(platform: TestPlatform) {
  const { server: api } = platform.kubernetes;
  const namespace = platform.newNamespaceName('mesh');
  const setPolicy = (accessPolicy: string) =>
    api.apply(server(namespace, accessPolicy));
  await api.apply({
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: {
      name: namespace,
      annotations: { 'linkerd.io/inject': 'enabled', 'example.com/a': SECRET },
    },
  });
  await api.apply({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'web', namespace },
    stringData: { password: SECRET },
  });
  await setPolicy('deny');
  await api.apply({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web', namespace },
    spec: {
      selector: { matchLabels: { 'app.kubernetes.io/name': 'web' } },
      template: {
        metadata: {
          labels: { 'app.kubernetes.io/name': 'web' },
          annotations: { 'example.com/b': SECRET },
        },
        spec: {
          containers: [
            {
              name: 'web',
              image: 'registry.example/web:1.0',
              args: [`--password=${SECRET}`],
              env: [{ name: 'PASSWORD', value: SECRET }],
              ports: [{ name: 'http', containerPort: 8080 }],
            },
          ],
        },
      },
    },
  });
  return {
    namespace,
    setPolicy,
    /** @returns the pods, once they run. */
    async running(): Promise<string[]> {
      for (;;) {
        const { body } = await api.send(
          'GET',
          `/api/v1/namespaces/${namespace}/pods`,
        );
        const { items } = body as {
          items: Array<{ metadata: { name: string }; status: object }>;
        };
        const ready = items.filter(({ status }) =>
          JSON.stringify(status).includes('"type":"Ready"'),
        );
        if (ready.length > 0) return ready.map(({ metadata }) => metadata.name);
        await new Promise(resolve => setTimeout(resolve, 200));
      }
    },
    /** @returns a kubeconfig of somebody who may read this namespace, and no other. */
    async readerOfItAlone(folder: string): Promise<string> {
      const rbac = 'rbac.authorization.k8s.io';
      await api.apply({
        apiVersion: 'v1',
        kind: 'ServiceAccount',
        metadata: { name: 'looker', namespace },
      });
      await api.apply({
        apiVersion: `${rbac}/v1`,
        kind: 'Role',
        metadata: { name: 'look', namespace },
        rules: [
          {
            apiGroups: ['*'],
            resources: ['*'],
            verbs: ['get', 'list', 'watch'],
          },
        ],
      });
      await api.apply({
        apiVersion: `${rbac}/v1`,
        kind: 'RoleBinding',
        metadata: { name: 'look', namespace },
        roleRef: { apiGroup: rbac, kind: 'Role', name: 'look' },
        subjects: [{ kind: 'ServiceAccount', name: 'looker', namespace }],
      });
      const token = await api.requestToken(namespace, 'looker');
      return aKubeconfig(platform, path.join(folder, `${namespace}.yaml`), {
        token,
      });
    },
  };
}

/** Writes a kubeconfig. @returns its file. */
export function aKubeconfig(
  { kubernetes }: TestPlatform,
  file: string,
  {
    token,
    server: address = kubernetes.url,
  }: { token: string; server?: string },
): string {
  const name = 'test';
  writeFileSync(
    file,
    stringify({
      apiVersion: 'v1',
      kind: 'Config',
      'current-context': name,
      contexts: [{ name, context: { cluster: name, user: name } }],
      clusters: [
        {
          name,
          cluster: {
            server: address,
            'certificate-authority': kubernetes.caFile,
          },
        },
      ],
      users: [{ name, user: { token } }],
    }),
  );
  return file;
}
