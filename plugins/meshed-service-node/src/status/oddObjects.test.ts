import { createMockDirectory } from '@backstage/backend-test-utils';
import {
  defaultPlatform,
  KubernetesObject,
  MeshStatus,
} from '@meshway/plugin-meshed-service-common';
import {
  aPod,
  aServer,
  aService,
} from '@meshway/plugin-meshed-service-common/testUtils';
import { writeFile } from 'node:fs/promises';
import { MeshStatuses } from './MeshStatuses';

const BAR = { ...aService, namespace: 'bar' };
const MEGABYTE = 'x'.repeat(1_000_000);

const placed = (
  object: KubernetesObject,
  metadata: Record<string, unknown>,
): KubernetesObject => ({
  ...object,
  metadata: { ...object.metadata, ...metadata },
});
const inBar = (object: KubernetesObject) =>
  placed(object, { namespace: 'bar' });
const owned = (kind: string, name: string, by: string): KubernetesObject => ({
  apiVersion: 'apps/v1',
  kind,
  metadata: {
    name,
    namespace: aService.namespace,
    uid: name,
    ownerReferences: [
      { apiVersion: 'apps/v1', kind, name: by, uid: by, controller: true },
    ],
  },
});
const server = (name: string, podSelector: unknown) =>
  aServer(name, { spec: { podSelector, port: 9999, accessPolicy: 'deny' } });

/** What stands beside the pod and the Server of a service, in its own namespace. */
const neighbours: Array<[string, KubernetesObject[]]> = [
  [
    'annotations of a megabyte',
    [
      placed(aPod(), {
        name: 'loud',
        uid: 'loud',
        labels: { app: 'loud' },
        annotations: { 'example.com/notes': MEGABYTE },
      }),
      placed(server('loud', {}), {
        annotations: {
          'kubectl.kubernetes.io/last-applied-configuration': MEGABYTE,
        },
      }),
    ],
  ],
  [
    'two thousand Servers that select nothing',
    Array.from({ length: 2_000 }, (_, index) =>
      server(`none-${index}`, { matchLabels: { app: `none-${index}` } }),
    ),
  ],
  [
    'two thousand Servers that select everything',
    Array.from({ length: 2_000 }, (_, index) => server(`all-${index}`, {})),
  ],
  [
    'owners that own each other',
    [
      owned('ReplicaSet', 'hen', 'egg'),
      owned('ReplicaSet', 'egg', 'hen'),
      owned('Deployment', 'self', 'self'),
    ],
  ],
  [
    'objects that no API server would have let in',
    [
      server('a string for a selector', 'web'),
      server('operators', {
        matchExpressions: [{ key: 'app', operator: 'Almost', values: 3 }],
      }),
      placed(aServer('no spec'), {}),
      // No type of ours allows what is tried here.
      { ...aServer('a list'), spec: [] } as unknown as KubernetesObject,
      { ...aPod(), metadata: { name: 'p', namespace: 'shop', labels: 7 } },
      { apiVersion: 'policy.linkerd.io/v1beta3', kind: 'Server' },
    ] as KubernetesObject[],
  ],
  [
    'names with odd characters',
    [
      '__proto__',
      'constructor',
      '../../etc/passwd',
      '<img src=x>',
      '😀',
      'a/b',
    ].map(name =>
      server(name, { matchLabels: { __proto__: name, app: name } }),
    ),
  ],
];

describe('what stands beside a service', () => {
  const directory = createMockDirectory();

  async function seenBeside(
    objects: KubernetesObject[],
  ): Promise<Record<'shop' | 'bar', MeshStatus>> {
    directory.clear();
    const items = [
      ...objects,
      aPod(),
      aServer(),
      inBar(aPod()),
      inBar(aServer()),
    ];
    await writeFile(
      directory.resolve('seen.json'),
      JSON.stringify({ apiVersion: 'v1', kind: 'List', items }),
    );
    const statuses = MeshStatuses.create({
      clusters: [{ name: 'local', snapshot: directory.path }],
      platform: defaultPlatform,
      now: () => '2026-12-31T10:00:00Z',
    });
    return {
      shop: await statuses.read(aService),
      bar: await statuses.read(BAR),
    };
  }

  /** A file with what is no object in it could have held anything of the kind. */
  const verdictsOf = (seen: Record<string, MeshStatus>) =>
    Object.values(seen).map(({ verdict }) =>
      verdict.kind === 'known' ? verdict.rung : verdict.because,
    );

  it.each(neighbours)(
    'as %s takes no answer from it, nor from others',
    async (_, objects) => {
      const alone = await seenBeside([]);
      const beside = await seenBeside(objects);
      expect(verdictsOf(alone)).toEqual(['enforced', 'enforced']);
      for (const said of verdictsOf(beside))
        expect(said).toMatch(/^enforced$|could not be read: .* has no /);
      expect(JSON.stringify(beside).length).toBeLessThan(100_000);
    },
  );
});
