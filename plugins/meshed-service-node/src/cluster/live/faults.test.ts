import { aPod } from '@meshway/plugin-meshed-service-common/testUtils';
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
  everything,
  hasPods,
  isCurrent,
  podNames,
  states,
  striking,
} from './__testUtils__/aWatchedServer';
import { FakeApiServer, Fault } from './__testUtils__/FakeApiServer';
import { systemTiming } from '.';

describe('a live cluster that breaks', () => {
  const of = aWatchedServer();

  const faults: Array<[string, () => void]> = [
    ['its connections are reset', () => of.server.reset()],
    ['a line is garbage', () => of.server.say('{"type":"ADDED","obj\n')],
    ['a line is of another world', () => of.server.say('<html></html>\n')],
    [
      'an event has no name',
      () => of.server.say('{"type":"ADDED","object":{}}\n'),
    ],
    [
      'the server says that it failed',
      () => of.server.say('{"type":"ERROR","object":{"code":500}}\n'),
    ],
    ['watches are too old', () => of.server.say(expired)],
  ];
  const expired =
    '{"type":"ERROR","object":{"kind":"Status","code":410,"reason":"Expired"}}\n';

  it.each(faults)(
    'is stale at once when %s, and loses nothing',
    async (_, strike) => {
      of.server.put(aPod('a'), aPod('b'));
      const cluster = await of.watched();
      const said: string[] = [];
      cluster.store.subscribe(() => said.push(states(cluster)));
      strike();
      await until(
        () => said.length,
        count => count > 0,
      );
      of.server.put(aPod('c'));
      of.server.remove(aPod('a'));
      await hasPods(cluster, 'b c');
      expect([said[0], await isCurrent(cluster), podNames(cluster)]).toEqual([
        expect.stringContaining('stale: '),
        'current | current',
        'b c',
      ]);
    },
  );

  const outages: Array<[string, Fault]> = [
    ['hangs', { hangs: true }],
    ['resets every connection', { resets: true }],
    ['answers 500', { status: 500 }],
    ['answers 429', { status: 429, headers: { 'retry-after': '0' } }],
    ['answers with garbage', { status: 200, text: '<html>login</html>' }],
    ['answers 503 and no JSON', { status: 503, text: 'unavailable' }],
  ];

  it.each(outages)(
    'is stale, with the reason, while the server %s, and current soon after',
    async (_, fault) => {
      of.server.put(aPod('a'), aPod('b'));
      const cluster = await of.watched();
      of.server.fault = striking(everything, fault);
      of.server.reset();
      const during = await until(
        () => states(cluster),
        said => /stale.*\|.*stale/.test(said),
      );
      await new Promise(resolve => setTimeout(resolve, 300));
      const still = states(cluster);
      of.server.put(aPod('c'));
      of.server.remove(aPod('a'));
      const served = podNames(cluster);
      of.server.fault = () => undefined;
      const after = await hasPods(cluster, 'b c');
      expect({
        during,
        still,
        served,
        after,
        is: await isCurrent(cluster),
      }).toEqual({
        during: expect.stringMatching(/^stale: .* \| stale: .*/),
        still: expect.stringMatching(/^stale: .* \| stale: .*/),
        served: 'a b',
        after: 'b c',
        is: 'current | current',
      });
    },
  );

  it('is stale when the server hangs and every line stays open', async () => {
    of.server.put(aPod('a'));
    const cluster = await of.watched();
    of.server.fault = striking(everything, { hangs: true });
    const during = await until(
      () => states(cluster),
      said => /stale.*\|.*stale/.test(said),
    );
    of.server.put(aPod('b'));
    of.server.fault = () => undefined;
    expect([during, await isCurrent(cluster), podNames(cluster)]).toEqual([
      'stale: the API server of cluster eu-1 did not answer in time | stale: the API server of cluster eu-1 did not answer in time',
      'current | current',
      'a b',
    ]);
  });

  it('does not trust a watch that is quiet for too long', async () => {
    const cluster = await of.watched({ limits: { quiet: 450 } });
    of.server.requests.length = 0;
    await until(
      () => of.server.requests.filter(line => line.includes('/pods?')).length,
      count => count > 0,
    );
    expect([
      of.server.requests.find(line => line.includes('/pods?')),
      await isCurrent(cluster),
    ]).toEqual([
      expect.stringMatching(/watch=1.*resourceVersion=\d+/),
      'current | current',
    ]);
  });

  it('asks no sooner than the server wants', async () => {
    const refusal = { status: 429, headers: { 'retry-after': '1' } };
    const cluster = await of.watched();
    of.server.fault = striking(asksFor('pods'), refusal);
    of.server.endWatches();
    await until(
      () => cluster.freshness('Pod'),
      said => said?.includes('429') ?? false,
    );
    const asked = () =>
      of.server.requests.filter(line => line.includes('/pods?'));
    const before = asked().length;
    await new Promise(resolve => setTimeout(resolve, 700));
    expect([asked().length - before, cluster.freshness('Pod')]).toEqual([
      0,
      'stale: the API server of cluster eu-1 answers 429 Fault to watch pods',
    ]);
  });

  it('takes no for no answer while the server starts', async () => {
    const cluster = await of.watched();
    const said = new Set<string>();
    cluster.store.subscribe(() => said.add(states(cluster)));
    of.server.fault = ({ pathname }) =>
      pathname === '/readyz' ? { status: 500 } : { status: 403 };
    of.server.reset();
    await new Promise(resolve => setTimeout(resolve, 500));
    of.server.fault = () => undefined;
    await isCurrent(cluster);
    expect([...said].filter(each => each.includes('forbidden'))).toEqual([]);
  });

  it('does not care when somebody sets the clock', async () => {
    let jump = 0;
    const day = 86_400_000;
    const timing = { ...systemTiming, now: () => Date.now() + jump };
    const cluster = await of.watched({ timing });
    const seen = [];
    for (jump of [day, -day, 365 * day]) {
      of.server.put(aPod(`pod${seen.length}`));
      of.server.reset();
      seen.push([
        await until(
          () => podNames(cluster).split(' ').length,
          count => count === seen.length + 1,
        ),
        await isCurrent(cluster),
      ]);
    }
    expect(seen).toEqual([
      [1, 'current | current'],
      [2, 'current | current'],
      [3, 'current | current'],
    ]);
  });

  it('is healthy or not on its own', async () => {
    const other = await FakeApiServer.start(pods, servers, definitionsKind);
    other.put(serversDefinition, aPod('other'));
    const well = await of.watched({}, other);
    const ill = await of.watched();
    of.server.fault = striking(everything, { hangs: true });
    await until(
      () => states(ill),
      said => said.startsWith('stale'),
    );
    const said = [states(well), podNames(well)];
    of.server.fault = () => undefined;
    await well.source.stop();
    await other.close();
    expect(said).toEqual(['current | current', 'other']);
  });
});
