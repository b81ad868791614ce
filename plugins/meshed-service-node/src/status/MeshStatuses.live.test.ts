import { defaultPlatform } from '@meshway/plugin-meshed-service-common';
import {
  aPod,
  aServer,
  aService,
} from '@meshway/plugin-meshed-service-common/testUtils';
import {
  definitionsKind,
  pods,
  servers,
  serversDefinition,
} from '../cluster/live/__testUtils__/aLiveCluster';
import { FakeApiServer } from '../cluster/live/__testUtils__/FakeApiServer';
import { defaultRequestLimits, Secret } from '../http';
import { MeshStatuses } from './MeshStatuses';

describe('MeshStatuses of a cluster that runs', () => {
  let server: FakeApiServer;
  let statuses: MeshStatuses;
  beforeEach(async () => {
    server = await FakeApiServer.start(pods, servers, definitionsKind, {
      apiVersion: 'v1',
      kind: 'Namespace',
      resource: 'namespaces',
    });
    server.put(serversDefinition, aPod(), aServer());
    const { cluster: name } = aService;
    const token = new Secret('s3cret');
    statuses = MeshStatuses.create({
      clusters: [
        { name, access: { kind: 'address', url: server.address, token } },
      ],
      platform: defaultPlatform,
      timeouts: { ...defaultRequestLimits, requestMilliseconds: 500 },
    });
  });
  afterEach(async () => {
    await statuses.stop();
    await server.close();
  });

  /** @returns how well servers are known. */
  const freshness = async () => {
    const [{ source, sources }] = await statuses.sources();
    const found = sources.find(each => each.kind === 'Server');
    return `${source}: ${found?.freshness}`;
  };
  /** @returns what is wanted as soon as it is so, else what is after five seconds. */
  const until = async (wanted: string, read: () => Promise<string>) => {
    for (let look = 0; look < 500; look++) {
      if ((await read()) === wanted) return wanted;
      await new Promise(resolve => setTimeout(resolve, 10));
    }
    return read();
  };

  /** The rung, or what it could be at most: this server knows few kinds. */
  const atMost = async () => {
    const { verdict } = await statuses.read(aService);
    return verdict.kind === 'known' ? verdict.rung : verdict.atMost;
  };

  it('know nothing before they are started, follow the cluster, and say when they cannot', async () => {
    const changes = new Set<string>();
    statuses.subscribe(({ cluster, namespace }) =>
      changes.add(`${cluster}/${namespace}`),
    );
    const before = await statuses.read(aService);
    statuses.start();
    const live = await until('live: current', freshness);
    const first = await until('enforced', atMost);
    const listed = await statuses.list();
    server.put(aServer('web.http', { spec: { accessPolicy: 'audit' } }));
    const followed = await until('audit', atMost);
    server.reset();
    server.fault = () => ({ resets: true });
    const broken = await until('live: stale', freshness);
    const { verdict } = await statuses.read(aService);
    expect({
      before: before.observed,
      live,
      listed,
      rungs: [first, followed],
      changed: changes.has(`${aService.cluster}/${aService.namespace}`),
      broken,
      verdict: verdict.kind,
    }).toEqual({
      before: false,
      live: 'live: current',
      listed: [expect.objectContaining(aService)],
      rungs: ['enforced', 'audit'],
      changed: true,
      broken: 'live: stale',
      verdict: 'unknown',
    });
  });
});
