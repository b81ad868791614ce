import { observedKinds } from '@meshway/plugin-meshed-service-common';
import {
  aClusterSettings,
  aMeshTLSAuthentication,
  anAuthorizationPolicy,
  aPod,
  aServer,
  aService,
} from '@meshway/plugin-meshed-service-common/testUtils';
import { ClusterStore } from './ClusterStore';

const seen = { observedAt: '2026-01-31T10:00:00Z' };

function aStore(): ClusterStore {
  const store = new ClusterStore({
    source: 'test',
    settings: aClusterSettings,
  });
  for (const kind of observedKinds) store.reset(kind, [], seen);
  return store;
}

const namesIn = (store: ClusterStore) => {
  const { pods, index } = store.observe(aService);
  return [...pods, ...index.policies.servers].map(({ name }) => name);
};

describe('ClusterStore', () => {
  it('takes objects in, changes them and forgets them', () => {
    const store = aStore();
    store.apply(aPod());
    store.apply(aServer());
    store.apply(aServer('web.http', { spec: { accessPolicy: 'audit' } }));
    const { servers } = store.observe(aService).index.policies;
    expect(servers.map(({ accessPolicy }) => accessPolicy)).toEqual(['audit']);
    store.delete(aServer());
    expect(namesIn(store)).toEqual(['web-1']);
  });

  it('replaces a kind as a whole and leaves the others', () => {
    const store = aStore();
    store.apply(aPod('old'));
    store.apply(aServer());
    store.reset('Pod', [aPod('new')], seen);
    expect(namesIn(store)).toEqual(['new', 'web.http']);
  });

  it('follows a pod whose label changes', () => {
    const store = aStore();
    store.apply(aPod());
    store.apply(
      aPod('web-1', { labels: { 'app.kubernetes.io/name': 'other' } }),
    );
    expect([namesIn(store), store.services()]).toEqual([
      [],
      [{ namespace: 'shop', name: 'other' }],
    ]);
  });

  it('touches nothing of other namespaces but the authentications that policies name', () => {
    const store = aStore();
    const elsewhere = (object: ReturnType<typeof aPod>) => ({
      ...object,
      metadata: { ...object.metadata, namespace: 'elsewhere' },
    });
    store.apply(aPod());
    store.apply(aServer());
    store.apply(elsewhere(aPod('foreign')));
    store.apply(elsewhere(aServer('foreign')));
    store.apply(elsewhere(aMeshTLSAuthentication(['a'], 'named')));
    store.apply(elsewhere(aMeshTLSAuthentication(['b'], 'unnamed')));
    store.apply(
      anAuthorizationPolicy([
        {
          kind: 'MeshTLSAuthentication',
          name: 'named',
          ...{ namespace: 'elsewhere' },
        },
      ]),
    );
    const { policies } = store.observe(aService).index;
    expect([
      namesIn(store),
      policies.meshTLSAuthentications.map(({ name }) => name),
    ]).toEqual([['web-1', 'web.http'], ['named']]);
  });

  it('marks a kind stale in one namespace or in all, until the next whole list', () => {
    const store = aStore();
    const statesOfPod = () =>
      ['shop', 'other'].map(
        namespace =>
          store.observe({ ...aService, namespace }).freshness.Pod.state,
      );
    store.stale({ kind: 'Pod', namespace: 'shop' }, { state: 'forbidden' });
    const inOne = statesOfPod();
    store.stale({ kind: 'Pod' }, { state: 'stale' });
    const inAll = statesOfPod();
    store.reset('Pod', [], seen);
    expect([inOne, inAll, statesOfPod()]).toEqual([
      ['forbidden', 'current'],
      ['stale', 'stale'],
      ['current', 'current'],
    ]);
  });

  it('tells every listener what may have changed, and lets none of them harm the others', () => {
    const store = aStore();
    const told: object[] = [];
    store.subscribe(() => {
      throw new Error('not interested');
    });
    const stop = store.subscribe(change => told.push(change));
    store.apply(aPod());
    store.delete(aPod());
    store.reset('Server', [aServer(), aServer('other')], seen);
    store.stale({ kind: 'Pod' }, { state: 'stale' });
    stop();
    store.apply(aPod());
    expect(told).toEqual([
      { namespace: 'shop' },
      { namespace: 'shop' },
      {},
      {},
    ]);
  });

  it('knows nothing of a kind before its first whole list', () => {
    const store = new ClusterStore({
      source: 'test',
      settings: aClusterSettings,
    });
    expect(store.observe(aService).freshness.Pod).toEqual({
      state: 'unreadable',
      message: 'it has not been read yet',
    });
  });
});
