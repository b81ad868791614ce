// Loaded here and not at the first request, which has a time limit: in Jest that takes long.
import '@kubernetes/client-node';
import type {
  KindFreshness,
  KubernetesObject,
  ObservedKind,
} from '@meshway/plugin-meshed-service-common';
import type { TestPlatform } from '@meshway/test-platform';
import { Secret } from '../../../http';
import type { ClusterStore } from '../../../store';
import { tokenOf } from '../../../provisioning/__testUtils__/aCluster';
import { clusterFeed, LiveSource, WatchLimits } from '..';
import { until } from './aLiveCluster';
import { LineProxy } from './LineProxy';

const paths: Partial<Record<ObservedKind, string>> = {
  Namespace: '/api/v1/namespaces',
  Pod: '/api/v1/pods',
  Server: '/apis/policy.linkerd.io/v1beta3/servers',
};

/** What a live source has told of a real cluster, with a line between them that can be cut. */
export async function aRealCluster(
  platform: TestPlatform,
  options: {
    limits?: Partial<WatchLimits>;
    token?: string;
    namespace?: string;
    /** Told of everything, too. */
    store?: Pick<ClusterStore, 'apply' | 'delete' | 'stale'>;
  } = {},
) {
  const { kubernetes } = platform;
  const { store, ...rest } = options;
  const line = await LineProxy.before(kubernetes.url);
  const index = new Map<string, string>();
  const freshness = new Map<string, KindFreshness>();
  const keyOf = ({ kind, metadata }: KubernetesObject) =>
    `${kind} ${metadata.namespace ?? ''}/${metadata.name}`;
  const source = new LiveSource({
    cluster: 'local',
    feed: clusterFeed('local', {
      kind: 'address',
      url: line.url,
      caFile: kubernetes.caFile,
      token: new Secret(options.token ?? tokenOf(platform, 'reader')),
    }),
    store: {
      apply: object => {
        index.set(keyOf(object), String(object.metadata.resourceVersion));
        store?.apply(object);
      },
      delete: object => {
        index.delete(keyOf(object));
        store?.delete(object);
      },
      stale: (scope, told) => {
        freshness.set(`${scope.kind} ${scope.namespace ?? ''}`, told);
        store?.stale(scope, told);
      },
    },
    controlPlaneNamespace: 'linkerd',
    argocdNamespace: 'argocd',
    ...rest,
  });
  const known = (kind: ObservedKind) =>
    Object.fromEntries(
      [...index].filter(([key]) => key.startsWith(`${kind} `)).sort(),
    );
  /** What the API server says this moment. */
  const listed = async (kind: ObservedKind) => {
    const { body } = await kubernetes.server.send('GET', paths[kind] ?? '');
    const { items } = body as { items: KubernetesObject[] };
    return Object.fromEntries(
      items
        .map(({ metadata }): [string, string] => [
          `${kind} ${metadata.namespace ?? ''}/${metadata.name}`,
          String(metadata.resourceVersion),
        ])
        .sort(),
    );
  };
  const said = (kind: ObservedKind, namespace = '') =>
    freshness.get(`${kind} ${namespace}`)?.state;
  const isIn = (kind: ObservedKind, state: string) =>
    until(
      () => said(kind),
      now => now === state,
      60_000,
    );
  return {
    line,
    source,
    known,
    listed,
    said,
    messageOf: (kind: ObservedKind) => freshness.get(`${kind} `)?.message,
    isIn,
    /** @returns how many milliseconds it took until everything equals a fresh list and is said to. */
    async untilEqual(kinds: ObservedKind[] = ['Namespace', 'Pod', 'Server']) {
      const since = performance.now();
      for (;;) {
        for (const kind of kinds) await isIn(kind, 'current');
        const wanted = await Promise.all(kinds.map(listed));
        const found = kinds.map(known);
        const took = performance.now() - since;
        if (JSON.stringify(found) === JSON.stringify(wanted)) return took;
        if (took > 30_000) {
          expect(found).toEqual(wanted);
          return took;
        }
        await new Promise(resolve => setTimeout(resolve, 20));
      }
    },
    async stop() {
      await source.stop();
      await line.close();
    },
  };
}
