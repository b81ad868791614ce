import { kinds } from '@meshway/plugin-meshed-service-common';
import { platformForTests } from '@meshway/test-platform';
import { setTimeout as sleep } from 'node:timers/promises';
import { ClusterStore } from '../../store';
import { settings, until } from './__testUtils__/aLiveCluster';
import { aRealCluster } from './__testUtils__/aRealCluster';
import { held } from './__testUtils__/held';

/**
 * MESHWAY_SOAK is how many seconds it lasts: 300 for five minutes, 7200 for two hours. Longer runs see smaller leaks: what a
 * change leaves behind is multiplied by 20 each second, what a cut leaves behind by the number of cuts.
 */
const SECONDS = Number(process.env.MESHWAY_SOAK ?? 75);
const CHANGES_PER_SECOND = 20;
/** Each minute; more often where there are few minutes. */
const CUT_SECONDS = Math.min(60, SECONDS / 5);
const PODS = 200;
const SERVICES = 10;
/** Each cut ends some thirty lines, of three sockets each in this process; and the heap of an idle Jest changes by one MiB. */
const MOST_MORE = { heapMiB: 4, descriptors: 12, timers: 10 };

describe(`a cluster that changes ${CHANGES_PER_SECOND} times a second for ${SECONDS} seconds, whose lines are cut`, () => {
  const platform = platformForTests(['kubernetes'], { own: true });
  let cluster: Awaited<ReturnType<typeof aRealCluster>>;
  let namespace: string;
  /** Of all changes so far: each goes on where the last one left the pods. */
  let count = 0;
  const store = new ClusterStore({ source: 'cluster local', settings });
  beforeAll(async () => {
    namespace = platform.newNamespaceName('soak');
    await send('POST', '/api/v1/namespaces', { metadata: { name: namespace } });
    await send('POST', servers(), {
      ...kinds.Server,
      metadata: { name: 'web' },
      spec: { podSelector: {}, port: 8080 },
    });
    for (let pod = 0; pod < PODS; pod++) await makePod(pod);
    cluster = await aRealCluster(platform, { store });
    cluster.source.start();
    await cluster.untilEqual();
  });
  afterAll(() => cluster?.stop());

  const pods = () => `/api/v1/namespaces/${namespace}/pods`;
  const servers = () =>
    `/apis/policy.linkerd.io/v1beta3/namespaces/${namespace}/servers`;
  const send = async (method: string, path: string, body?: object) => {
    const { status } = await platform.kubernetes.server.send(
      method,
      path,
      body,
      method === 'PATCH' ? 'application/merge-patch+json' : undefined,
    );
    if (status > 299) throw new Error(`${method} ${path}: ${status}`);
  };
  const makePod = (pod: number) =>
    send('POST', pods(), {
      metadata: {
        name: `pod-${pod}`,
        labels: { 'app.kubernetes.io/name': `app-${pod % SERVICES}` },
      },
      spec: { containers: [{ name: 'web', image: 'web' }] },
    });

  const podsInStore = () =>
    Array.from(
      { length: SERVICES },
      (_, service) =>
        store.observe({ cluster: 'local', namespace, name: `app-${service}` })
          .pods.length,
    ).reduce((sum, found) => sum + found, 0);

  /** Every fourth change ends a pod or brings it back, every fourth is of a policy, and the others change a pod. */
  const change = async (): Promise<void> => {
    count += 1;
    const pod = Math.floor(count / 8) % PODS;
    switch (count % 8) {
      case 1:
        return send('DELETE', `${pods()}/pod-${pod}?gracePeriodSeconds=0`);
      case 5:
        return makePod(pod);
      case 3:
      case 7:
        return send('PATCH', `${servers()}/web`, {
          metadata: { annotations: { count: String(count) } },
        });
      default:
        return send('PATCH', `${pods()}/pod-${(pod + PODS / 2) % PODS}`, {
          metadata: { annotations: { count: String(count) } },
        });
    }
  };

  /** @returns how many changes and cuts there were. */
  const live = async (seconds: number) => {
    const began = performance.now();
    const passed = () => (performance.now() - began) / 1000;
    let changes = 0;
    let cuts = 0;
    while (passed() < seconds) {
      // One after the other, so that none overtakes another of the same pod.
      await change();
      changes += 1;
      if (passed() > (cuts + 1) * CUT_SECONDS) {
        cluster.line.cut();
        cuts += 1;
      }
      const ahead = changes / CHANGES_PER_SECOND - passed();
      if (ahead > 0) await sleep(ahead * 1000);
    }
    return { changes, cuts };
  };

  /** Everything is followed again, and equals a list. */
  const isWhole = async () => {
    await until(
      () =>
        cluster.source
          .collections()
          .every(({ state }) => ['current', 'notInstalled'].includes(state)),
      all => all,
      60_000,
    );
    await cluster.untilEqual();
  };

  it(
    'is the same as before, and equal to a list',
    async () => {
      // Whatever is made once is there before the first look.
      await live(Math.min(20, SECONDS / 3));
      cluster.line.cut();
      await isWhole();
      const before = await held();
      const lines = cluster.line.open;

      const { changes, cuts } = await live(SECONDS);

      await isWhole();
      const after = await held();
      const listed = Object.keys(await cluster.listed('Pod')).length;
      const more = {
        heapMiB: after.heapMiB - before.heapMiB,
        descriptors: after.descriptors - before.descriptors,
        timers: after.timers - before.timers,
      };
      process.stderr.write(
        `Soak: ${changes} changes and ${cuts} cuts in ${SECONDS} s; before ${JSON.stringify(
          before,
        )}, after ${JSON.stringify(after)}\n`,
      );
      expect({
        moreThanMay: Object.entries(MOST_MORE).filter(
          ([of, most]) => more[of as keyof typeof more] > most,
        ),
        lines: cluster.line.open <= lines + 1,
        cuts: cuts >= 3,
        pods: podsInStore(),
      }).toEqual({ moreThanMay: [], lines: true, cuts: true, pods: listed });
    },
    (SECONDS * 4 + 600) * 1000,
  );
});
