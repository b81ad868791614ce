import '@kubernetes/client-node';
import { mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { createMockDirectory } from '@backstage/backend-test-utils';
import {
  defaultPlatform,
  MeshStatus,
  observedResources,
} from '@meshway/plugin-meshed-service-common';
import {
  aNamespace,
  aPod,
  aServer,
  aService,
} from '@meshway/plugin-meshed-service-common/testUtils';
import { FakeApiServer } from '../cluster/live/__testUtils__/FakeApiServer';
import { Secret } from '../http';
import { MeshStatuses } from '../status';
import { snapshotFiles, takeSnapshot, writeSnapshot } from '.';

const now = () => '2026-12-31T10:00:00.000Z';

describe('a snapshot of a cluster', () => {
  const directory = createMockDirectory();
  const place = directory.resolve('snapshot');
  const servers: FakeApiServer[] = [];
  beforeEach(() => directory.clear());
  afterEach(() => Promise.all(servers.splice(0).map(each => each.close())));

  /** A cluster that serves all that is watched, but what is not installed. */
  async function aCluster(...without: string[]): Promise<FakeApiServer> {
    const server = await FakeApiServer.start(
      ...observedResources.flatMap(({ kind, groups }) =>
        groups
          .filter(({ resource }) => !without.includes(resource))
          .map(({ group, versions: [version], resource }) => ({
            kind,
            resource,
            apiVersion: group === '' ? version : `${group}/${version}`,
          })),
      ),
    );
    servers.push(server);
    server.put(
      aNamespace({
        annotations: { 'linkerd.io/inject': 'enabled', token: 's3cret' },
      }),
      aPod('web-1'),
      aPod('web-2', { proxy: false }),
    );
    if (!without.includes('servers')) server.put(aServer());
    return server;
  }

  const accessTo = ({ address }: FakeApiServer) =>
    ({ kind: 'address', url: address, token: new Secret('s3cret') } as const);

  async function taken(server: FakeApiServer) {
    const snapshot = await takeSnapshot({
      cluster: 'local',
      access: accessTo(server),
      controlPlaneNamespace: 'linkerd',
      argocdNamespace: 'argocd',
      now,
    });
    await writeSnapshot(place, snapshotFiles(snapshot));
    return statusesFrom(place);
  }

  const statusesFrom = (snapshot: string) =>
    MeshStatuses.create({
      clusters: [{ name: 'local', snapshot }],
      platform: defaultPlatform,
      now,
    });

  async function live(server: FakeApiServer) {
    const statuses = MeshStatuses.create({
      clusters: [{ name: 'local', access: accessTo(server) }],
      platform: defaultPlatform,
      now,
    });
    await statuses.readOnce();
    await statuses.stop();
    return statuses;
  }

  /** What is answered, but from where and when it was seen. */
  const answer = ({ sources, observedAt, ...rest }: MeshStatus) => ({
    ...rest,
    sources: sources.map(({ kind, freshness, message }) => ({
      kind,
      freshness,
      message,
    })),
  });

  it.each([
    ['that is whole', [], {}],
    [
      'without Linkerd and Gateway API',
      ['servers', 'httproutes', 'grpcroutes'],
      {},
    ],
    ['whose policies may not be read', [], { servers: 403 }],
    ['whose pods may not be read', [], { pods: 403 }],
    ['whose pods are answered by 500', [], { pods: 500 }],
  ])(
    'gives the answers of the cluster, of one %s',
    async (_, without, faults) => {
      const server = await aCluster(...without);
      server.fault = ({ pathname }) => {
        const resource = pathname.split('/').at(-1) ?? '';
        const status = Object.entries(faults).find(
          ([name]) => name === resource,
        );
        return status ? { status: status[1] } : undefined;
      };
      const [cluster, snapshot] = [await live(server), await taken(server)];
      expect(answer(await snapshot.read(aService))).toEqual(
        answer(await cluster.read(aService)),
      );
      expect(await snapshot.list()).toEqual(await cluster.list());
    },
  );

  it('of one namespace knows nothing of others', async () => {
    const files = snapshotFiles({
      cluster: 'local',
      namespace: 'shop',
      takenAt: now(),
      objects: [aPod(), aServer()],
      gaps: [],
    });
    await writeSnapshot(place, files);
    const snapshot = statusesFrom(place);
    const elsewhere = { ...aService, namespace: 'other' };
    expect([
      (await snapshot.read(aService)).verdict,
      (await snapshot.read(elsewhere)).summary,
    ]).toEqual([
      { kind: 'known', rung: 'enforced' },
      'Nothing observed. Kind Pod could not be read: nothing but namespace shop is read.',
    ]);
  });

  it('holds a file for each kind, says what it leaves out, and no secret', async () => {
    await taken(await aCluster('grpcroutes'));
    const names = (await readdir(place)).sort();
    const texts = await Promise.all(
      names.map(name => readFile(`${place}/${name}`, 'utf8')),
    );
    expect(names).toEqual([
      'README.md',
      'namespaces.yaml',
      'pods.yaml',
      'servers.policy.linkerd.io.yaml',
      'snapshot.yaml',
    ]);
    expect(texts.filter(text => text.includes('s3cret'))).toEqual([]);
    expect(texts[0]).toContain('- GRPCRoute: not installed');
    expect(texts[0]).toContain('Secrets: they are not even asked for.');
  });

  describe('is written', () => {
    const files = new Map([['a.yaml', 'a']]);
    const refusal = (folder: string) =>
      writeSnapshot(folder, files).then(
        () => 'written',
        error => error.message.replace(directory.path, ''),
      );

    it('into an empty folder, or one that is not there yet', async () => {
      await mkdir(directory.resolve('empty'));
      expect([
        await refusal(directory.resolve('empty')),
        await refusal(place),
        (await readdir(directory.path)).sort(),
      ]).toEqual(['written', 'written', ['empty', 'snapshot']]);
    });

    it('over nothing that is there already, and leaves nothing half-written', async () => {
      await writeFile(directory.resolve('file'), 'kept');
      await mkdir(directory.resolve('full'));
      await writeFile(directory.resolve('full/kept'), 'kept');
      await symlink(directory.resolve('full'), directory.resolve('link'));
      const said =
        'is there already, and is no empty folder; name one that is not there yet. Nothing was written.';
      expect([
        await refusal(directory.resolve('file')),
        await refusal(directory.resolve('full')),
        await refusal(directory.resolve('link')),
        (await readdir(directory.path)).sort(),
        await readdir(directory.resolve('full')),
      ]).toEqual([
        `/file ${said}`,
        `/full ${said}`,
        `/link ${said}`,
        ['file', 'full', 'link'],
        ['kept'],
      ]);
    });

    it('whole or not at all', async () => {
      const broken = new Map([
        ['a.yaml', 'a'],
        ['no/such/folder.yaml', 'b'],
      ]);
      await expect(writeSnapshot(place, broken)).rejects.toThrow('ENOENT');
      expect(await readdir(directory.path)).toEqual([]);
    });
  });
});
