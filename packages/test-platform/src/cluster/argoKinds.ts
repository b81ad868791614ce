import type { ApiServer } from './ApiServer';

/** Argo CD's kinds, where no Argo CD runs: its objects can be written then, and nobody acts on them. */
export async function makeArgoKinds(server: ApiServer): Promise<void> {
  const { status } = await server.send('GET', '/apis/argoproj.io');
  if (status === 200) return;
  const anything = {
    type: 'object',
    'x-kubernetes-preserve-unknown-fields': true,
  };
  for (const [kind, plural] of [
    ['Application', 'applications'],
    ['AppProject', 'appprojects'],
  ])
    await server.apply({
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      metadata: { name: `${plural}.argoproj.io` },
      spec: {
        group: 'argoproj.io',
        scope: 'Namespaced',
        names: { kind, plural, singular: kind.toLowerCase() },
        versions: [
          {
            name: 'v1alpha1',
            served: true,
            storage: true,
            schema: { openAPIV3Schema: anything },
          },
        ],
      },
    });
}
