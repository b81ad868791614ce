import { ConfigReader } from '@backstage/config';
import { JsonObject } from '@backstage/types';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:https';
import { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readMeshedServiceConfig } from '../config';
import { LocalForge } from '../forge';
import { guardrailsFrom } from '../guardrails';
import { systemClock } from '../http';
import { aCertificate } from '../http/__testUtils__/aCertificate';
import { ScriptedServer } from '../http/__testUtils__/ScriptedServer';
import { DefaultPublishing } from '../publishing';
import { systemsFromConfig } from '../systems';
import { aRequestFor, byAda, refusal } from './__testUtils__/aCluster';
import { checkout } from './__testUtils__/shippedRoles';
import { DefaultProvisioning } from './DefaultProvisioning';

/** Whatever is wrong at the door of a system, or with the request: a clear word, and nothing written anywhere. */
describe('bad input', () => {
  let folder: string;
  /** Sees every request to a cluster, and knows nothing. */
  let watched: ScriptedServer;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'meshway-bad-input-'));
    watched = await ScriptedServer.start();
  });
  afterEach(async () => {
    watched.close();
    await rm(folder, { recursive: true, force: true });
  });

  /** Asks for a service in gitops, whose first write would be a commit. @returns what was said, and what was written. */
  const ask = async (
    clusters: () => Promise<JsonObject[]> | JsonObject[],
    fields: object = {},
  ) => {
    const config = readMeshedServiceConfig(
      new ConfigReader({
        app: { baseUrl: 'http://localhost:3000' },
        meshedService: {
          clusters: (await clusters()).map(cluster =>
            'url' in cluster
              ? { ...cluster, serviceAccountToken: 's3cret' }
              : cluster,
          ),
          timeouts: { attempts: 1 },
          guardrails: { pack: join(checkout, 'infra/guardrails') },
          skeletons: [
            {
              name: 'meshed-service',
              path: join(checkout, 'skeleton/meshed-service'),
            },
          ],
          forge: { kind: 'local', local: { path: join(folder, 'git') } },
        },
      }),
      { root: folder },
    );
    const forge = new LocalForge({
      path: join(folder, 'git'),
      appBaseUrl: config.appBaseUrl,
    });
    const systems = systemsFromConfig(config);
    const provisioning = new DefaultProvisioning({
      platform: config.platform,
      guardrails: guardrailsFrom(join(checkout, 'infra/guardrails')),
      cluster: name => ({ ...systems.cluster(name), vault: systems.vault }),
      publishing: new DefaultPublishing(config, forge),
      clock: systemClock,
    });
    const request = aRequestFor('cart', {
      delivery: { mode: 'gitops', repository: 'cart', project: 'shop' },
      ...fields,
    });
    const said = await refusal(provisioning.ensure(request, byAda()));
    await systems.close();
    return {
      said,
      repositories: await forge.listRepositories(),
      writes: watched.seen
        .map(({ line }) => line)
        .filter(line => !/^GET|selfsubject(access|rules)reviews/.test(line)),
    };
  };
  const nothingWritten = { repositories: [], writes: [] };
  const address = () => [{ name: 'local', url: watched.address }];

  it.each<[string, () => Promise<JsonObject[]> | JsonObject[], RegExp]>([
    [
      'a cluster that there is not',
      () => [{ name: 'eu-1', url: watched.address }],
      /^InputError: There is no cluster "local" here\. Choose eu-1\.$/,
    ],
    [
      'a cluster that is only looked at',
      () => [{ name: 'local', snapshot: 'snapshot' }],
      /^InputError: Cluster local is only looked at/,
    ],
    [
      'a server where nobody listens',
      () => [{ name: 'local', url: 'http://127.0.0.1:1' }],
      /^ServiceUnavailableError: .*nothing was written\..*cluster local.*the connection was refused/s,
    ],
    [
      'a server that is none of Kubernetes',
      address,
      /^ServiceUnavailableError: .*nothing was written\..*local/s,
    ],
    [
      'a kubeconfig that is not there',
      () => [{ name: 'local', kubeconfig: { file: 'none' } }],
      /^InputError: Cluster local: \S+none cannot be read \(ENOENT\); check the path in meshedService\.clusters\[\]\.kubeconfig\.file$/,
    ],
    [
      'a kubeconfig that is none',
      async () => {
        await writeFile(join(folder, 'broken'), 'token: s3cret: [');
        return [{ name: 'local', kubeconfig: { file: 'broken' } }];
      },
      /^InputError: Cluster local: \S+broken is not a kubeconfig; check it with/,
    ],
    [
      'plain http to another machine',
      () => [{ name: 'local', url: 'http://10.9.8.7:6443' }],
      /^InputError: meshedService\.clusters\[0\]\.url: "http:\/\/10\.9\.8\.7:6443" is not possible here; write an https address/,
    ],
  ])('says what is wrong with %s, and writes nothing', async (_, at, said) => {
    const answer = await ask(at).catch(error => ({
      said: `${error.name}: ${error.message}`,
      ...nothingWritten,
    }));
    expect(answer).toEqual({
      said: expect.stringMatching(said),
      ...nothingWritten,
    });
    expect(answer.said).not.toContain('s3cret');
  });

  it('says that a certificate has expired, and writes nothing', async () => {
    const { cert, key } = await aCertificate({
      from: '2020-01-01',
      until: '2020-02-01',
    });
    const server = createServer({ cert, key }, (_, answer) => answer.end('{}'));
    await new Promise<void>(resolve => {
      server.listen(0, '127.0.0.1', resolve);
    });
    const { port } = server.address() as AddressInfo;
    await writeFile(join(folder, 'ca.crt'), cert);
    const answer = await ask(() => [
      { name: 'local', url: `https://127.0.0.1:${port}`, caFile: 'ca.crt' },
    ]);
    server.close();
    expect(answer).toEqual({
      said: expect.stringMatching(
        /^ServiceUnavailableError: .*nothing was written\..*its certificate has expired.*Renew the certificate of the server/s,
      ),
      ...nothingWritten,
    });
  });

  const upwards = '../../kube-system';
  it.each<[string, object, RegExp]>([
    ['name', { name: upwards }, /^InputError: .*\bname\b/s],
    ['namespace', { namespace: upwards }, /^InputError: .*\bnamespace\b/s],
    ['cluster', { cluster: upwards }, /^InputError: .*\bcluster\b/s],
    ['owner', { owner: upwards }, /^InputError: .*\bowner\b/s],
    [
      'delivery.repository',
      { delivery: { mode: 'gitops', repository: upwards, project: 'shop' } },
      /^InputError: .*delivery\.repository/s,
    ],
    [
      'delivery.path',
      {
        delivery: {
          mode: 'gitops',
          repository: 'cart',
          project: 'shop',
          path: upwards,
        },
      },
      /^InputError: .*delivery\.path/s,
    ],
    [
      'delivery.project',
      { delivery: { mode: 'gitops', repository: 'cart', project: upwards } },
      /^InputError: .*delivery\.project/s,
    ],
    [
      'secrets.paths',
      { secrets: { delivery: 'vso', paths: [upwards] } },
      /^InputError: .*secrets\.paths/s,
    ],
    [
      'clients',
      { clients: [{ namespace: upwards, serviceAccount: 'a' }] },
      /^InputError: .*clients/s,
    ],
    [
      'a huge list',
      {
        clients: Array.from({ length: 100_000 }, (_, index) => ({
          namespace: `n${index}`,
        })),
      },
      /^InputError: .*clients/s,
    ],
    [
      'a huge text',
      { description: 'x'.repeat(10_000_000) },
      /^InputError: .*description/s,
    ],
    [
      'a list within a list within …',
      { calls: JSON.parse(`${'['.repeat(5_000)}${']'.repeat(5_000)}`) },
      /^InputError: .*calls/s,
    ],
  ])(
    'refuses %s that leads elsewhere or is too large, before anything is asked',
    async (_, fields, said) => {
      const answer = await ask(address, fields);
      expect([answer, watched.seen]).toEqual([
        { said: expect.stringMatching(said), ...nothingWritten },
        [],
      ]);
      expect(answer.said.length).toBeLessThan(2_000);
    },
  );
});
