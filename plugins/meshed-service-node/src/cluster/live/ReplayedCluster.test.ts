import { aPod } from '@meshway/plugin-meshed-service-common/testUtils';
import { ClusterStore } from '../../store';
import { only, settings, until } from './__testUtils__/aLiveCluster';
import { LiveSource, ReplayedCluster } from '.';

const podOf = (index: number, version = 1) => {
  const pod = aPod(`pod-${index}`);
  const metadata = {
    ...pod.metadata,
    namespace: `team-${index % 10}`,
    resourceVersion: `${version}`,
  };
  return JSON.stringify({ ...pod, metadata });
};
const pods = {
  apiVersion: 'v1',
  kind: 'Pod',
  resource: 'pods',
  count: 2_000,
  at: (index: number) => podOf(index),
};

describe('a cluster that is only told of', () => {
  it.each([
    ['as a stream', true],
    ['in pages', false],
  ])('is known whole when it is told %s, and followed', async (_, streams) => {
    const told = new ReplayedCluster([pods], streams);
    const store = new ClusterStore({ source: 'replayed', settings });
    const source = new LiveSource({
      cluster: 'replayed',
      feed: told,
      store,
      controlPlaneNamespace: 'linkerd',
      resources: only('Pod'),
    });
    source.start();
    const count = (namespace: string) =>
      store.observe({ cluster: 'replayed', namespace, name: 'web' }).pods
        .length;
    await until(
      () => store.sources().find(({ kind }) => kind === 'Pod')?.freshness,
      state => state === 'current',
    );
    const before = [count('team-0'), count('team-9')];
    told.tell('DELETED', pods, podOf(9, 2));
    await until(
      () => count('team-9'),
      found => found === 199,
    );
    const after = [count('team-0'), count('team-9')];
    await source.stop();
    expect([before, after]).toEqual([
      [200, 200],
      [200, 199],
    ]);
  });
});
