import { observedKinds } from '@meshway/plugin-meshed-service-common';
import {
  aClusterSettings,
  aMeshTLSAuthentication,
  aNamespace,
  anAuthorizationPolicy,
  anObservation,
  aPod,
  aServer,
  aService,
  aServiceAccount,
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

const servicesIn = (store: ClusterStore) =>
  store.namespaces().flatMap(namespace => store.services(namespace));

describe('ClusterStore', () => {
  it('lists the services of a namespace, and knows at once when one comes or goes', () => {
    const store = aStore();
    const pod = (name: string, namespace: string) => {
      const made = aPod(name, { labels: { 'app.kubernetes.io/name': name } });
      return { ...made, metadata: { ...made.metadata, namespace } };
    };
    const names = (namespace: string) =>
      store.services(namespace).map(({ name }) => name);
    store.reset('Pod', [pod('b', 'one'), pod('a', 'one')], seen);
    const before = [names('one'), names('two')];
    store.apply(pod('c', 'two'));
    store.delete(pod('a', 'one'));
    expect([before, names('one'), names('two'), store.namespaces()]).toEqual([
      [['a', 'b'], []],
      ['b'],
      ['c'],
      ['one', 'two'],
    ]);
    store.reset('Pod', [], seen);
    expect(servicesIn(store)).toEqual([]);
  });

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
    expect([namesIn(store), servicesIn(store)]).toEqual([
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

  it('says of an authentication that a policy names elsewhere what is known of that place', () => {
    const store = aStore();
    store.apply(aPod());
    store.apply(aServer());
    const state = () =>
      store.observe(aService).freshness.MeshTLSAuthentication.state;
    const kind = 'MeshTLSAuthentication';
    store.stale({ kind, namespace: aService.namespace }, { state: 'current' });
    store.stale({ kind }, { state: 'unreadable' });
    const before = state();
    store.apply(
      anAuthorizationPolicy([
        { kind, name: 'named', ...{ namespace: 'elsewhere' } },
      ]),
    );
    expect([before, state()]).toEqual(['current', 'unreadable']);
  });

  it('finds by its indexes what a look at every object would find', () => {
    const others = Array.from({ length: 50 }, (_, index) =>
      aServer(`other-${index}`, {
        labels: {},
        spec: { podSelector: { matchLabels: { app: `other-${index}` } } },
      }),
    );
    const objects = [
      aNamespace(),
      aPod(),
      aPod('foreign', { labels: { 'app.kubernetes.io/name': 'foreign' } }),
      aServer(),
      aServer('everything', { labels: {}, spec: { podSelector: {} } }),
      ...others,
      aMeshTLSAuthentication(['checkout']),
      anAuthorizationPolicy(),
      anAuthorizationPolicy([], { server: 'other-1', name: 'other' }),
      aServiceAccount(),
    ];
    const store = aStore();
    for (const object of objects) store.apply(object);
    const found = store.observe(aService);
    expect(found).toEqual({ ...anObservation(objects), source: found.source });
  });

  it('finds what nobody asked for by the top of its chain of owners, once the links are seen or before', () => {
    const store = aStore();
    const controlledBy = (kind: string, name: string) => ({
      ownerReferences: [{ kind, name, controller: true }],
    });
    const pod = aPod('front-5d8-x', { labels: { 'pod-template-hash': '5d8' } });
    const bare = {
      ...pod,
      metadata: { ...pod.metadata, ...controlledBy('ReplicaSet', 'front-5d8') },
    };
    store.apply(bare);
    const before = servicesIn(store);
    store.apply({
      apiVersion: 'apps/v1',
      kind: 'ReplicaSet',
      metadata: {
        name: 'front-5d8',
        namespace: 'shop',
        ...controlledBy('Deployment', 'front'),
      },
    });
    const { pods } = store.observe({ ...aService, name: 'front' });
    expect([before, servicesIn(store), pods.map(({ name }) => name)]).toEqual([
      [{ namespace: 'shop', name: 'front' }],
      [{ namespace: 'shop', name: 'front' }],
      ['front-5d8-x'],
    ]);
  });

  it('ends where owners own each other', () => {
    const store = aStore();
    const owned = (name: string, owner: string) => ({
      apiVersion: 'apps/v1',
      kind: 'ReplicaSet',
      metadata: {
        name,
        namespace: 'shop',
        ownerReferences: [
          { kind: 'ReplicaSet', name: owner, controller: true },
        ],
      },
    });
    const pod = aPod('lost', { labels: {} });
    store.apply(owned('a', 'b'));
    store.apply(owned('b', 'a'));
    store.apply({
      ...pod,
      metadata: { ...pod.metadata, ...owned('', 'a').metadata, name: 'lost' },
    });
    const [{ name }] = servicesIn(store);
    expect(store.observe({ ...aService, name }).pods).toHaveLength(1);
  });

  it('observes what the catalog selects', () => {
    const store = aStore();
    store.apply(aPod('labelled', { labels: { app: 'front' } }));
    store.apply(aPod('other', { labels: { app: 'back' } }));
    const selection = { labels: [['app', 'front'] as const], expressions: [] };
    const { pods } = store.observe(aService, selection);
    expect(pods.map(({ name }) => name)).toEqual(['labelled']);
  });

  it('lets what the installation says win over what the platform is configured with', () => {
    const store = aStore();
    store.apply({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'linkerd-config', namespace: 'linkerd' },
      data: { values: 'proxy: { defaultInboundPolicy: deny }' },
    });
    const { settings } = store.observe(aService);
    expect(settings).toEqual({
      ...aClusterSettings,
      defaultInboundPolicy: 'deny',
    });
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
