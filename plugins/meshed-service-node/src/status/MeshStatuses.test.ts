import { rm, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { createMockDirectory } from '@backstage/backend-test-utils';
import {
  defaultPlatform,
  formatServiceRef,
} from '@meshway/plugin-meshed-service-common';
import {
  aMeshedServiceSpec,
  aPod,
  aServer,
  aService,
} from '@meshway/plugin-meshed-service-common/testUtils';
import { VaultRoles } from '../vault';
import { MeshStatuses } from './MeshStatuses';

const examples = resolve(__dirname, '../../../../examples');
const now = () => '2026-12-31T10:00:00Z';

function statusesOver(snapshot?: string): MeshStatuses {
  return MeshStatuses.create({
    clusters: [{ name: 'local', ...(snapshot ? { snapshot } : {}) }],
    platform: defaultPlatform,
    now,
  });
}

describe('MeshStatuses', () => {
  const directory = createMockDirectory();
  beforeEach(() => directory.clear());

  const write = (name: string, object: object) =>
    writeFile(directory.resolve(name), JSON.stringify(object));

  it('has a service in every state in the example of the OpenTelemetry demo', async () => {
    const statuses = statusesOver(resolve(examples, 'otel-demo/4-observed'));
    const seen = await Promise.all(
      (await statuses.list()).map(each => statuses.read(each)),
    );
    const rungs = seen.map(({ verdict }) =>
      verdict.kind === 'known' ? verdict.rung : 'unknown',
    );
    expect(new Set(rungs)).toEqual(
      new Set([
        'enforced',
        'audit',
        'opportunistic',
        'identityUnhealthy',
        'partiallyMeshed',
        'notMeshed',
        'unknown',
      ]),
    );
    expect(await statuses.sources()).toEqual([
      expect.objectContaining({
        name: 'local',
        source: 'snapshot',
        problems: [],
      }),
    ]);
  });

  it('says of a service that was asked for and not seen: declared, nothing observed yet', async () => {
    const statuses = statusesOver(resolve(examples, 'otel-demo/4-observed'));
    const spec = aMeshedServiceSpec({ name: 'cart' });
    const { declared, observed, summary } = await statuses.read(spec, spec);
    expect([declared, observed, summary.split('.')[0]]).toEqual([
      true,
      false,
      'Declared, nothing observed yet',
    ]);
  });

  it('asks Vault about services that take secrets from it, and anew for whoever has just written', async () => {
    const asked: string[] = [];
    const vault = {
      readRole: async (_mount: string, role: string) => {
        asked.push(role);
        return undefined;
      },
    };
    const statuses = MeshStatuses.create({
      clusters: [{ name: 'local', snapshot: directory.path }],
      platform: defaultPlatform,
      vaultRoles: new VaultRoles({ vault, mount: 'kubernetes' }),
      now,
    });
    await write('pod.json', aPod());
    const plain = aMeshedServiceSpec(aService);
    const secretive = aMeshedServiceSpec({
      ...aService,
      secrets: { delivery: 'vso', paths: ['database'] },
    });
    const told: object[] = [];
    const end = statuses.subscribe(change => told.push(change));
    const aboutVault = async (spec: typeof plain) =>
      (await statuses.read(spec, spec)).findings
        .filter(({ code }) => code === 'MSC030')
        .map(({ state }) => state);

    for (const spec of [plain, secretive]) await statuses.renew(spec, spec);
    expect([await aboutVault(plain), await aboutVault(secretive)]).toEqual([
      [],
      ['missing'],
    ]);
    expect(asked).toEqual(['meshway.local.shop.web']);
    expect(told).toContainEqual({ cluster: 'local', namespace: 'shop' });
    end();
  });

  it('reads the folder again when it has changed', async () => {
    await write('pod.json', aPod());
    await write('server.json', aServer());
    const statuses = statusesOver(directory.path);
    const before = await statuses.read(aService);
    await write(
      'server.json',
      aServer('web.http', { spec: { accessPolicy: 'audit' } }),
    );
    const after = await statuses.read(aService);
    await rm(directory.resolve('server.json'));
    await rm(directory.resolve('pod.json'));
    expect([before.verdict, after.verdict, await statuses.list()]).toEqual([
      { kind: 'known', rung: 'enforced' },
      { kind: 'known', rung: 'audit' },
      [],
    ]);
  });

  it('takes a broken file for unknown, never for none', async () => {
    await write('pod.json', aPod());
    await write('server.json', aServer());
    await writeFile(
      directory.resolve('z.yaml'),
      'kind: Server\nspec: {}\nspec: {}\nstatus: {}\n',
    );
    const statuses = statusesOver(directory.path);
    expect((await statuses.read(aService)).verdict).toEqual({
      kind: 'unknown',
      because: expect.stringMatching(
        /^Kind Server could not be read: z\.yaml, line \d, is not valid YAML/,
      ),
      atMost: 'enforced',
    });
  });

  it('keeps what it knew, marked stale, when the folder goes away, and recovers', async () => {
    const gone = createMockDirectory();
    await writeFile(gone.resolve('pod.json'), JSON.stringify(aPod()));
    await writeFile(gone.resolve('server.json'), JSON.stringify(aServer()));
    const statuses = statusesOver(gone.path);
    const before = await statuses.read(aService);
    await rm(gone.path, { recursive: true });
    const { verdict } = await statuses.read(aService);
    expect([before.verdict, verdict]).toEqual([
      { kind: 'known', rung: 'enforced' },
      {
        kind: 'unknown',
        because:
          'What is known of kind Pod is out of date: the folder of the snapshot cannot be read.',
        atMost: 'enforced',
      },
    ]);
  });

  it.each([
    ['a cluster without a source', 'local'],
    ['a cluster that nobody configured', 'elsewhere'],
  ])('says why nothing is known of %s', async (_, cluster) => {
    const { observed, summary } = await statusesOver().read({
      ...aService,
      cluster,
    });
    expect([observed, summary]).toEqual([
      false,
      `Nothing observed. Kind Pod could not be read: no source is configured for cluster ${cluster}.`,
    ]);
  });

  it('lists what it has seen by cluster, namespace and name', async () => {
    await write('pod.json', aPod());
    const listed = await statusesOver(directory.path).list();
    expect(listed.map(formatServiceRef)).toEqual(['local/shop/web']);
  });
});
