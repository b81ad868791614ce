import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { aCertificate } from '../http/__testUtils__/aCertificate';
import {
  aClock,
  refusal,
  ScriptedServer,
} from '../http/__testUtils__/ScriptedServer';
import { HttpSender, Secret } from '../http';
import { stored } from './__testUtils__/anApiServer';
import { ClusterAccess, KubernetesOverHttp } from '.';

const once = {
  requestMilliseconds: 60_000,
  totalMilliseconds: 60_000,
  attempts: 1,
  pauseMilliseconds: 1,
};
const version = { status: 200, body: { gitVersion: 'v1.36.3' } };

describe('the way to a cluster', () => {
  let folder: string;
  const servers: ScriptedServer[] = [];
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'cluster-'));
  });
  afterEach(async () => {
    servers.splice(0).forEach(server => server.close());
    await rm(folder, { recursive: true });
  });

  const start = async (tls?: { cert: string; key: string }) => {
    const server = await ScriptedServer.start(tls);
    servers.push(server);
    return server.otherwise(() => version);
  };
  const asked = async (access: ClusterAccess) => {
    const cluster = new KubernetesOverHttp(
      'eu-1',
      access,
      new HttpSender(once, aClock()),
    );
    const said = await refusal(cluster.version());
    await cluster.close();
    return said;
  };
  const kubeconfig = async (
    change: { cluster?: object; user?: object; context?: object } = {},
  ): Promise<Extract<ClusterAccess, { kind: 'kubeconfig' }>> => {
    const file = join(folder, 'kubeconfig');
    await writeFile(
      file,
      JSON.stringify({
        'current-context': 'eu-1',
        contexts: [
          {
            name: 'eu-1',
            context: { cluster: 'c', user: 'u', ...change.context },
          },
        ],
        clusters: [{ name: 'c', cluster: change.cluster }],
        users: [{ name: 'u', user: { token: 's3cret', ...change.user } }],
      }),
    );
    return { kind: 'kubeconfig', file };
  };

  it('trusts the authority that is given, and no other', async () => {
    const certificate = await aCertificate();
    const { address } = await start(certificate);
    const caData = Buffer.from(certificate.cert).toString('base64');
    expect(await asked({ kind: 'address', url: address, caData })).toBe(
      'nothing was thrown',
    );
    expect(await asked({ kind: 'address', url: address })).toBe(
      `UnreachableError: Asking cluster eu-1 for its version. ${address} could not be asked: its certificate was signed by an authority that is not trusted. Give the certificate of that authority (caFile or caData).`,
    );
  });

  it('says that the certificate of the server has expired', async () => {
    const certificate = await aCertificate({ until: '2021-01-01' });
    const { address } = await start(certificate);
    const caData = Buffer.from(certificate.cert).toString('base64');
    expect(await asked({ kind: 'address', url: address, caData })).toBe(
      `UnreachableError: Asking cluster eu-1 for its version. ${address} could not be asked: its certificate has expired. Renew the certificate of the server.`,
    );
  });

  it('says that the server does not speak TLS', async () => {
    const { address } = await start();
    expect(
      await asked({ kind: 'address', url: address.replace('http:', 'https:') }),
    ).toMatch(/could not be asked: it does not speak TLS\. Check the port/);
  });

  it('refuses plain http to another machine', async () => {
    expect(
      await asked({
        kind: 'address',
        url: 'http://eu-1.example.com:8080',
        token: new Secret('s3cret'),
      }),
    ).toBe(
      'InputError: Cluster eu-1: http://eu-1.example.com:8080 is plain http, which would show the credentials to everybody on the way; use its https address',
    );
  });

  it('takes credentials from a kubeconfig, and reads a token file that it names', async () => {
    const server = await start();
    const file = join(folder, 'token');
    await writeFile(file, 'from-a-file\n');
    expect(
      await asked(await kubeconfig({ cluster: { server: server.address } })),
    ).toBe('nothing was thrown');
    expect(
      await asked(
        await kubeconfig({
          cluster: { server: server.address },
          user: { token: undefined, tokenFile: 'token' },
        }),
      ),
    ).toBe('nothing was thrown');
    expect(server.seen.map(({ headers }) => headers.authorization)).toEqual([
      'Bearer s3cret',
      'Bearer from-a-file',
    ]);
  });

  it('reads the kubeconfig anew when its credentials are refused', async () => {
    const server = await start();
    server.otherwise(({ headers }) =>
      headers.authorization === 'Bearer new'
        ? version
        : { status: 401, body: { kind: 'Status' } },
    );
    const access = await kubeconfig({ cluster: { server: server.address } });
    const cluster = new KubernetesOverHttp(
      'eu-1',
      access,
      new HttpSender(once, aClock()),
    );
    expect(await refusal(cluster.version())).toMatch(
      /^ClusterCredentialsError/,
    );
    await kubeconfig({
      cluster: { server: server.address },
      user: { token: 'new' },
    });
    expect(await refusal(cluster.version())).toBe('nothing was thrown');
    await cluster.close();
  });

  it('does not wait for ever for a plugin', async () => {
    const access = await kubeconfig({
      cluster: { server: 'https://127.0.0.1:1' },
      user: {
        token: undefined,
        exec: {
          command: process.execPath,
          args: ['-e', 'setTimeout(() => {}, 3000)'],
        },
      },
    });
    const hasty = new HttpSender({ ...once, requestMilliseconds: 50 });
    const cluster = new KubernetesOverHttp('eu-1', access, hasty);
    expect(await refusal(cluster.version())).toBe(
      'TimeLimitError: Asking cluster eu-1 for its version. The credentials of cluster eu-1 did not come in time. Run the plugin of its kubeconfig by hand to see why.',
    );
  });

  it('keeps a path in front of the API server', async () => {
    const server = await start();
    await asked({
      kind: 'address',
      url: `${server.address}/k8s/clusters/c-1/`,
    });
    expect(server.seen[0].line).toBe('GET /k8s/clusters/c-1/version');
  });

  it('merges several kubeconfigs: the first one counts of each name, and of the current context', async () => {
    const [server, other] = [await start(), await start()];
    const write = async (name: string, content: object) => {
      await writeFile(join(folder, name), JSON.stringify(content));
      return join(folder, name);
    };
    const context = { name: 'eu-1', context: { cluster: 'c', user: 'u' } };
    await writeFile(join(folder, 'token'), 'first');
    await asked({
      kind: 'kubeconfig',
      file: await write('contexts', {
        contexts: [context],
        'current-context': 'eu-1',
      }),
      mergedWith: [
        await write('clusters', {
          clusters: [{ name: 'c', cluster: { server: server.address } }],
          users: [{ name: 'u', user: { tokenFile: 'token' } }],
        }),
        await write('others', {
          clusters: [{ name: 'c', cluster: { server: other.address } }],
          users: [{ name: 'u', user: { token: 'second' } }],
          'current-context': 'eu-2',
        }),
      ],
    });
    expect(server.seen[0].headers.authorization).toBe('Bearer first');
    expect(other.seen).toEqual([]);
  });

  it.each<[string, () => Promise<ClusterAccess>, RegExp]>([
    [
      'is not there',
      async () => ({ kind: 'kubeconfig', file: join(folder, 'none') }),
      /^InputError: Cluster eu-1: \S+none cannot be read \(ENOENT\); check the path in meshedService\.clusters\[\]\.kubeconfig\.file$/,
    ],
    [
      'is no YAML',
      async () => {
        await writeFile(join(folder, 'broken'), 'token: s3cret: [');
        return { kind: 'kubeconfig', file: join(folder, 'broken') };
      },
      /^InputError: Cluster eu-1: \S+broken is not a kubeconfig; check it with `kubectl config view --kubeconfig \S+broken`$/,
    ],
    [
      'has no such context',
      async () => ({
        ...(await kubeconfig({ cluster: { server: 'https://a' } })),
        context: 'eu-9',
      }),
      /^InputError: Cluster eu-1: \S+ there is no usable context "eu-9"; name one of eu-1 in meshedService\.clusters\[\]\.kubeconfig\.context$/,
    ],
    [
      'names a user that is not there',
      () =>
        kubeconfig({
          cluster: { server: 'https://a' },
          context: { user: 'x' },
        }),
      /^InputError: Cluster eu-1: \S+ context "eu-1" names a user that does not stand there; add the user to the file$/,
    ],
    [
      'skips the check of certificates',
      () =>
        kubeconfig({
          cluster: { server: 'https://a', 'insecure-skip-tls-verify': true },
        }),
      /^InputError: Cluster eu-1: \S+ insecure-skip-tls-verify would give the credentials to whoever answers; remove it, and name the certificate authority \(certificate-authority-data\) instead$/,
    ],
    [
      'has no address',
      () => kubeconfig({ cluster: { server: 'eu-1' } }),
      /^InputError: Cluster eu-1: \S+ the address of the API server is not an address; write one such as https:\/\/eu-1\.example\.com:6443$/,
    ],
    [
      'runs a plugin that fails',
      () =>
        kubeconfig({
          cluster: { server: 'https://127.0.0.1:1' },
          user: {
            token: undefined,
            exec: { command: 'no-such-plugin', args: ['s3cret'] },
          },
        }),
      /^ClusterCredentialsError: Cluster eu-1 cannot be asked: the plugin "no-such-plugin" of its kubeconfig failed; run it by hand to see why\.$/,
    ],
    [
      'names a certificate that is not there',
      () =>
        kubeconfig({
          cluster: { server: 'https://a', 'certificate-authority': 'ca.crt' },
        }),
      /^ClusterCredentialsError: Cluster eu-1 cannot be asked: a file with credentials or certificates cannot be read; check \S+ca\.crt\.$/,
    ],
  ])(
    'refuses a kubeconfig that %s, and shows nothing of it',
    async (_, access, message) => {
      const said = await asked(await access());
      expect(said).toMatch(message);
      expect(said).not.toContain('s3cret');
    },
  );

  it('shows an object only to who asked for it', () => {
    const access: ClusterAccess = {
      kind: 'address',
      url: 'https://a',
      token: new Secret('s3cret'),
    };
    expect(JSON.stringify({ access, object: stored() })).not.toContain(
      's3cret',
    );
  });
});
