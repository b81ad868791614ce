import { Manifest, platformForTests } from '@meshway/test-platform';
import { aRealCluster } from './__testUtils__/aRealCluster';
import { until } from './__testUtils__/aLiveCluster';

/** MESHWAY_FAULT_PODS is how many pods there are: 10000 for a large cluster. */
const PODS = Number(process.env.MESHWAY_FAULT_PODS ?? 1_000);
/** How long it may take after a fault until everything is known again; as long as a cold start where there is much. */
const LIMIT_MS = PODS > 1_000 ? 10_000 : 5_000;
const AT_ONCE = 16;

/** On a platform of its own: what is killed here, nobody else needs. */
describe(`a real cluster of ${PODS} pods that breaks`, () => {
  const platform = platformForTests(['kubernetes'], { own: true });
  let cluster: Awaited<ReturnType<typeof aRealCluster>>;
  let namespace: string;
  let made = 0;
  beforeAll(async () => {
    namespace = platform.newNamespaceName('shop');
    await platform.kubernetes.server.apply({
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: namespace },
    });
    while (made < PODS)
      await Promise.all(Array.from({ length: AT_ONCE }, () => makePod()));
    cluster = await aRealCluster(platform);
    cluster.source.start();
    await cluster.untilEqual();
  }, 180_000 + PODS * 60);
  afterAll(() => cluster?.stop());

  const makePod = async () => {
    made += 1;
    const pod: Manifest = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: `pod-${made}`, namespace },
      spec: { containers: [{ name: 'web', image: 'web' }] },
    };
    const path = `/api/v1/namespaces/${namespace}/pods`;
    await platform.kubernetes.server.send('POST', path, pod);
  };
  const removePod = (number: number) =>
    platform.kubernetes.server.send(
      'DELETE',
      `/api/v1/namespaces/${namespace}/pods/pod-${number}?gracePeriodSeconds=0`,
    );
  const change = async () => {
    await removePod(made - 10);
    await makePod();
  };
  const isStale = () =>
    until(
      () => [cluster.said('Pod'), cluster.said('Server')],
      said => said.every(state => state === 'stale'),
      30_000,
    );
  const stop = (program: string) =>
    process.kill(platform.processId(program), 'SIGSTOP');
  const goOn = (program: string) =>
    process.kill(platform.processId(program), 'SIGCONT');
  const ready = () => platform.kubernetes.server.untilReady();

  /** @returns what was said meanwhile, and how long it took afterwards. */
  const during = async (
    begin: () => unknown,
    end: () => unknown,
  ): Promise<{ said: unknown; tookMs: number }> => {
    await begin();
    const said = await isStale();
    await end();
    await ready();
    const changed = change();
    const tookMs = await cluster.untilEqual();
    await changed;
    await cluster.untilEqual();
    return { said, tookMs };
  };
  const inTime = {
    said: ['stale', 'stale'],
    tookMs: expect.any(Number),
  };

  it.each<[string, () => unknown, () => unknown]>([
    [
      'the API server is killed and started again',
      () => process.kill(platform.processId('kube-apiserver'), 'SIGKILL'),
      () => platform.restart('kube-apiserver'),
    ],
    [
      'etcd is killed and started again',
      () => process.kill(platform.processId('etcd'), 'SIGKILL'),
      () => platform.restart('etcd'),
    ],
    [
      'the API server hangs',
      () => stop('kube-apiserver'),
      () => goOn('kube-apiserver'),
    ],
    ['etcd hangs', () => stop('etcd'), () => goOn('etcd')],
    [
      'every line falls silent, and those that were open never speak again',
      () => cluster.line.fallSilent(),
      () => cluster.line.speak(),
    ],
    [
      'etcd forgets its history, and the API server is started again',
      async () => {
        process.kill(platform.processId('kube-apiserver'), 'SIGKILL');
        await compact(platform.kubernetes.etcd);
      },
      () => platform.restart('kube-apiserver'),
    ],
  ])(
    'is stale while %s, and equals a list soon after',
    async (fault, begin, end) => {
      const seen = await during(begin, end);
      process.stdout.write(
        `${PODS} pods, ${fault}: ${Math.round(seen.tookMs)} ms\n`,
      );
      expect(seen).toEqual(inTime);
      expect(seen.tookMs).toBeLessThan(LIMIT_MS);
    },
  );

  it('loses nothing when its lines are cut again and again while much changes', async () => {
    const end = performance.now() + 6_000;
    let cuts = 0;
    while (performance.now() < end) {
      await Promise.all([change(), change()]);
      if (performance.now() > end - 6_000 + cuts * 1_000) {
        cluster.line.cut();
        cuts += 1;
      }
    }
    const tookMs = await cluster.untilEqual();
    expect([cuts > 3, tookMs < LIMIT_MS]).toEqual([true, true]);
  });

  it(
    'forgets a namespace that is deleted, and everything in it',
    async () => {
      // One by one: the server answers for thousands at once only after half a minute.
      let number = 0;
      const lane = async () => {
        while (number < made) await removePod(++number);
      };
      await Promise.all(Array.from({ length: AT_ONCE }, lane));
      await platform.kubernetes.server.send(
        'DELETE',
        `/api/v1/namespaces/${namespace}`,
      );
      await cluster.untilEqual();
      expect(
        Object.keys(cluster.known('Pod')).filter(key =>
          key.includes(namespace),
        ),
      ).toEqual([]);
    },
    180_000 + PODS * 60,
  );
});

/** Makes etcd forget every revision but the present one. */
async function compact(etcd: string): Promise<void> {
  const ask = async (path: string, body: object) => {
    const answer = await fetch(`${etcd}/v3/kv/${path}`, {
      method: 'POST',
      body: JSON.stringify(body),
    });
    return answer.json() as Promise<{ header: { revision: string } }>;
  };
  const { header } = await ask('range', { key: 'AA==' });
  await ask('compaction', { revision: header.revision, physical: true });
}
