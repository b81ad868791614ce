import type { KubernetesObject } from '@meshway/plugin-meshed-service-common';
import { aPod, aServer } from '@meshway/plugin-meshed-service-common/testUtils';
import {
  definitionsKind,
  pods,
  servers,
  serversDefinition,
  until,
} from './__testUtils__/aLiveCluster';
import {
  asksFor,
  aWatchedServer,
  hasPods,
  isCurrent,
  podNames,
  states,
  striking,
} from './__testUtils__/aWatchedServer';
import { FakeApiServer } from './__testUtils__/FakeApiServer';

describe('a live cluster', () => {
  const of = aWatchedServer();

  it.each([
    ['as a stream', true],
    ['in pages, where no streams are offered', false],
  ])(
    'is known once it is listed %s, and every change is',
    async (_, streams) => {
      of.server.offersStreams = streams;
      of.server.put(...['a', 'b', 'c', 'd'].map(name => aPod(name)), aServer());
      const cluster = await of.watched();
      const before = podNames(cluster);
      of.server.put(aPod('e'), aPod('b', { labels: { other: 'workload' } }));
      of.server.remove(aPod('a'));
      expect([
        before,
        await hasPods(cluster, 'c d e'),
        states(cluster),
      ]).toEqual(['a b c d', 'c d e', 'current | current']);
    },
  );

  it('is listed again when the rest of a list is too old', async () => {
    of.server.offersStreams = false;
    of.server.put(...['a', 'b', 'c', 'd'].map(name => aPod(name)));
    let isFirst = true;
    of.server.fault = url => {
      if (!url.searchParams.has('continue') || !isFirst) return undefined;
      isFirst = false;
      of.server.remove(aPod('a'));
      of.server.compact();
      return undefined;
    };
    const cluster = await of.watched();
    expect([isFirst, podNames(cluster)]).toEqual([false, 'b c d']);
  });

  it('is listed again when the watch is too old, while the old index is served, marked stale', async () => {
    of.server.put(aPod('a'), aPod('b'));
    const cluster = await of.watched();
    of.server.fault = striking(asksFor('pods'), { hangs: true });
    of.server.endWatches();
    await until(
      () => cluster.freshness('Pod'),
      said => said?.startsWith('stale') ?? false,
    );
    const meanwhile = podNames(cluster);
    of.server.remove(aPod('a'));
    of.server.put(aPod('c'));
    of.server.compact();
    of.server.fault = () => undefined;
    const after = await hasPods(cluster, 'b c');
    expect([meanwhile, after, await isCurrent(cluster)]).toEqual([
      'a b',
      'b c',
      'current | current',
    ]);
  });

  it('stays current when the server ends a watch in an orderly way, and goes on where it was', async () => {
    const cluster = await of.watched({ limits: { worked: 0 } });
    const said = new Set<unknown>();
    const listen = cluster.store.subscribe(() =>
      said.add(cluster.freshness('Pod')),
    );
    of.server.requests.length = 0;
    of.server.endWatches();
    await until(
      () => of.server.open,
      open => open === 3,
    );
    of.server.put(aPod('a'));
    await hasPods(cluster, 'a');
    listen();
    expect([
      [...said],
      of.server.requests.filter(line => line.includes('sendInitialEvents')),
    ]).toEqual([['current'], []]);
  });

  it.each([
    [
      403,
      'forbidden: its account may not watch pods in cluster eu-1; infra/rbac/reader.yaml grants `watch pods`; apply and bind it',
    ],
    [
      401,
      'forbidden: cluster eu-1 does not accept the credentials with which the portal would watch pods; renew them under meshedService.clusters',
    ],
  ])(
    'says what is forbidden (%s), keeps what it knew, and asks again',
    async (status, words) => {
      const text = JSON.stringify({
        kind: 'Status',
        reason: 'Forbidden',
        code: status,
        message:
          'pods is forbidden: User "portal" cannot watch resource "pods" in API group "" at the cluster scope',
      });
      of.server.put(aPod('a'));
      const cluster = await of.watched();
      of.server.fault = striking(asksFor('pods'), { status, text });
      of.server.reset();
      const during = await until(
        () => cluster.freshness('Pod'),
        said => said?.startsWith('forbidden') ?? false,
      );
      const kept = podNames(cluster);
      of.server.put(aPod('b'));
      of.server.fault = () => undefined;
      expect([
        during,
        kept,
        await hasPods(cluster, 'a b'),
        await isCurrent(cluster),
      ]).toEqual([words, 'a', 'a b', 'current | current']);
    },
  );

  describe('with kinds that are installed or not', () => {
    it('takes a kind without definition as not installed, and follows when it comes and goes', async () => {
      of.server.remove(serversDefinition);
      of.server.unserve('servers');
      of.server.put(aPod('web-1'));
      const cluster = of.started();
      const isInState = (state: string) =>
        until(
          () => cluster.freshness('Server'),
          said => said === state,
        );
      const atFirst = await isInState('notInstalled');
      of.server.serve(servers);
      of.server.put(serversDefinition, aServer());
      const installed = await isInState('current');
      const rungs = () =>
        cluster.store
          .observe({ cluster: 'eu-1', namespace: 'shop', name: 'web' })
          .index.policies.servers.map(({ name }) => name);
      const found = await until(rungs, names => names.length > 0);
      of.server.unserve('servers');
      of.server.remove(serversDefinition);
      const removed = await isInState('notInstalled');
      expect([atFirst, installed, found, removed, rungs()]).toEqual([
        'notInstalled',
        'current',
        ['web.http'],
        'notInstalled',
        [],
      ]);
    });

    it('finds out by itself where it may not read definitions', async () => {
      of.server.unserve('servers');
      of.server.fault = striking(asksFor('customresourcedefinitions'), {
        status: 403,
      });
      const cluster = of.started();
      const isInState = (state: string) =>
        until(
          () => cluster.freshness('Server'),
          said => said === state,
        );
      const atFirst = await isInState('notInstalled');
      of.server.serve(servers);
      expect([atFirst, await isInState('current')]).toEqual([
        'notInstalled',
        'current',
      ]);
    });

    it('does not know that a kind is not installed once definitions cannot be watched any more', async () => {
      of.server.remove(serversDefinition);
      of.server.unserve('servers');
      const cluster = of.started();
      await until(
        () => states(cluster),
        said => said === 'current | notInstalled',
      );
      of.server.fault = striking(asksFor('customresourcedefinitions'), {
        status: 500,
      });
      of.server.endWatches();
      expect(
        await until(
          () => cluster.freshness('Server'),
          said => said?.includes('500') ?? false,
        ),
      ).toBe(
        'stale: which kinds are installed is not known any more: the API server of cluster eu-1 answers 500 Fault to watch customresourcedefinitions.apiextensions.k8s.io',
      );
    });

    it('takes the newest version that both know', async () => {
      const older = { ...servers, apiVersion: 'policy.linkerd.io/v1beta1' };
      const server = await FakeApiServer.start(pods, older, definitionsKind);
      server.put(serversDefinition);
      const cluster = await of.watched({}, server);
      const asked = server.requests.filter(line => /servers\?/.test(line));
      await cluster.source.stop();
      await server.close();
      expect([states(cluster), asked]).toEqual([
        'current | current',
        [expect.stringContaining('/v1beta1/')],
      ]);
    });
  });

  it('loses no other object over one that cannot be taken in, and says so until it is another', async () => {
    const cluster = of.prepared();
    const apply = cluster.store.apply.bind(cluster.store);
    cluster.store.apply = (object: KubernetesObject) => {
      if (object.metadata.annotations?.hostile) throw new Error('boom');
      apply(object);
    };
    cluster.source.start();
    await isCurrent(cluster);
    of.server.put(aPod('a', { annotations: { hostile: 'yes' } }), aPod('b'));
    await hasPods(cluster, 'b');
    const during = cluster.freshness('Pod');
    of.server.put(aPod('a'));
    expect([
      during,
      await hasPods(cluster, 'a b'),
      await isCurrent(cluster),
    ]).toEqual([
      'unreadable: Pod shop/a could not be taken in',
      'a b',
      'current | current',
    ]);
  });

  it('is read once, without watching, and what is forbidden is said', async () => {
    of.server.put(aPod('a'), aPod('b'), aPod('c'), aPod('d'));
    of.server.fault = striking(asksFor('servers'), { status: 403 });
    const cluster = of.prepared();
    await cluster.source.readOnce();
    expect([
      podNames(cluster),
      states(cluster),
      of.server.requests.filter(line => line.includes('watch')),
    ]).toEqual([
      'a b c d',
      'current | forbidden: cluster eu-1 forbids to list servers.policy.linkerd.io; infra/rbac/reader.yaml grants `list servers.policy.linkerd.io`; apply and bind it',
      [],
    ]);
  });

  it('leaves nothing behind when it is stopped', async () => {
    const cluster = await of.watched();
    await cluster.source.stop();
    await until(
      () => of.server.open,
      open => open === 0,
    );
    const asked = of.server.requests.length;
    await new Promise(resolve => setTimeout(resolve, 200));
    expect([of.server.open, of.server.requests.length - asked]).toEqual([0, 0]);
  });
});
