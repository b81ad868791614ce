import { existsSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import { AddressInfo } from 'node:net';
import path from 'node:path';
// eslint-disable-next-line @backstage/no-forbidden-package-imports -- one certificate for the tests of both packages
import { aCertificate } from '@meshway/plugin-meshed-service-node/src/http/__testUtils__/aCertificate';
import { stringify } from 'yaml';
import { aFolder, checkout, meshway } from './__testUtils__/meshway';

// Each test starts processes; a busy machine takes its time.
jest.setTimeout(900_000);

const folder = aFolder();
const write = (name: string, content: unknown) => {
  const file = path.join(folder, name);
  writeFileSync(
    file,
    typeof content === 'string' ? content : stringify(content),
  );
  return file;
};
const spec = write('cart.yaml', {
  name: 'cart',
  owner: 'group:default/shop',
  cluster: 'local',
  workload: { image: 'ghcr.io/acme/cart:1.0' },
  ports: [{ name: 'http', port: 8081, protocol: 'HTTP/1' }],
  delivery: { mode: 'apply', repository: 'cart', project: 'shop' },
});
const kubeconfig = (server: string, cluster: object = {}) => ({
  apiVersion: 'v1',
  kind: 'Config',
  'current-context': 'eu-1',
  clusters: [{ name: 'eu', cluster: { server, ...cluster } }],
  users: [{ name: 'ada', user: { token: 'kube-s3cret' } }],
  contexts: [
    { name: 'eu-1', context: { cluster: 'eu', user: 'ada' } },
    { name: 'eu-2', context: { cluster: 'eu', user: 'ada' } },
  ],
});
/** One attempt, so that nobody waits for a server that is not there. */
const config = write('app-config.yaml', {
  meshedService: {
    timeouts: { attempts: 1, requestMilliseconds: 20_000 },
    skeletons: [
      {
        name: 'meshed-service',
        path: path.join(checkout, 'skeleton/meshed-service'),
      },
    ],
    forge: { kind: 'local', local: { path: path.join(folder, 'forge') } },
  },
});
const unreachable = write('unreachable', kubeconfig('https://127.0.0.1:1'));
const plain = write('plain', kubeconfig('http://eu-1.example.com'));
const insecure = write(
  'insecure',
  kubeconfig('https://127.0.0.1:1', { 'insecure-skip-tls-verify': true }),
);
const broken = write('broken', 'clusters: [token: kube-s3cret');
const unfitting = write('unfitting', { 'current-context': '', contexts: [] });

const run = (args: readonly string[], env: Record<string, string> = {}) =>
  meshway(args, {
    env: {
      HOME: folder,
      KUBECONFIG: '',
      VAULT_ADDR: '',
      VAULT_TOKEN: 'hvs.vault-s3cret',
      ...env,
    },
  });

describe('meshway on systems that cannot be asked', () => {
  it.each<[string, string[], Record<string, string>, number, RegExp]>([
    [
      'a context that is not there',
      ['--kubeconfig', unreachable, '--context', 'us-1'],
      {},
      2,
      /no usable context "us-1"; name one of eu-1, eu-2 in --context\n$/,
    ],
    [
      'a kubeconfig that is not there',
      ['--kubeconfig', '/no/such'],
      {},
      2,
      /\/no\/such cannot be read \(ENOENT\); check the path in --kubeconfig or KUBECONFIG\n$/,
    ],
    [
      'a broken kubeconfig',
      ['--kubeconfig', broken],
      {},
      2,
      /broken is not a kubeconfig; check it with `kubectl config view/,
    ],
    [
      'a kubeconfig without contexts',
      ['--kubeconfig', unfitting],
      {},
      2,
      /there is no current context; name one of its contexts \(there is none yet\)/,
    ],
    [
      'no kubeconfig at all',
      [],
      {},
      2,
      /^No kubeconfig: .+\.kube\/config does not exist, and KUBECONFIG is not set\. Name one with --kubeconfig\.\n$/,
    ],
    [
      'several files, none of which has the context',
      ['--context', 'us-1'],
      { KUBECONFIG: `${unreachable}${path.delimiter}${plain}` },
      2,
      /unreachable, \S+plain: there is no usable context "us-1"; name one of eu-1, eu-2 in --context\n$/,
    ],
    [
      'an API server over plain http',
      ['--kubeconfig', plain],
      {},
      2,
      /http:\/\/eu-1\.example\.com is plain http, which would show the credentials/,
    ],
    [
      'a kubeconfig that trusts anybody',
      ['--kubeconfig', insecure],
      {},
      2,
      /insecure-skip-tls-verify would give the credentials to whoever answers/,
    ],
    [
      'a wait that is none',
      ['--kubeconfig', unreachable, '--wait', 'long'],
      {},
      2,
      /unknown option '--wait'/,
    ],
    [
      'a folder of guardrails that is not there',
      ['--kubeconfig', unreachable, '-g', '/no/such'],
      {},
      2,
      /no\/such cannot be read; --guardrails or meshedService\.guardrails\.pack says where it lies/,
    ],
  ])('plan says what is wrong with %s', async (_, args, env, code, words) => {
    const ran = await run(['plan', spec, ...args], env);
    expect(ran).toMatchObject({ code, err: expect.stringMatching(words) });
    expect(`${ran.out}${ran.err}`).not.toMatch(/s3cret|\n\s+at /);
  });

  it('plan says what is wrong with a Vault over plain http', async () => {
    const asking = path.join(checkout, 'examples/payments-api/1-input.yaml');
    const ran = await run(['plan', asking, '--kubeconfig', unreachable], {
      VAULT_ADDR: 'http://vault.example.com:8200',
    });
    expect(ran).toEqual({
      code: 2,
      out: '',
      err: expect.stringMatching(
        /^VAULT_ADDR: http:\/\/vault\.example\.com:8200 is plain http, which would show the token/,
      ),
    });
  });

  it('a server that does not answer is told once, and apply writes nothing', async () => {
    const ran = await run([
      ...['apply', spec, '--yes', '--author', 'Ada <ada@acme.example>'],
      ...['--kubeconfig', unreachable, '-c', config],
    ]);
    expect([ran.code, ran.err]).toEqual([5, '']);
    expect(ran.out).toMatch(
      /! unreachable \(kubernetes\): .+https:\/\/127\.0\.0\.1:1 could not be asked/,
    );
    expect(ran.out.match(/unreachable \(kubernetes\)/g)).toHaveLength(1);
    expect(existsSync(path.join(folder, 'forge'))).toBe(false);
  });

  it('a certificate that has expired is named, and no credential is sent', async () => {
    const { key, cert } = await aCertificate({
      until: '2020-02-01',
    });
    let asked = 0;
    const server = createServer({ key, cert }, (_, response) => {
      asked += 1;
      response.end('{}');
    });
    await new Promise<void>(resolve => {
      server.listen(0, '127.0.0.1', resolve);
    });
    try {
      const { port } = server.address() as AddressInfo;
      const expired = write(
        'expired',
        kubeconfig(`https://127.0.0.1:${port}`, {
          'certificate-authority-data': Buffer.from(cert).toString('base64'),
        }),
      );
      const ran = await run([
        'plan',
        spec,
        '--kubeconfig',
        expired,
        '-c',
        config,
      ]);
      expect([ran.code, ran.out]).toEqual([
        5,
        expect.stringMatching(/unreachable \(kubernetes\): .+expired/),
      ]);
      expect(asked).toBe(0);
    } finally {
      server.close();
    }
  });

  it.each<[string[], number, RegExp]>([
    [
      ['retire', '../../etc', '--kubeconfig', unreachable],
      2,
      /^"\.\.\/\.\.\/etc" is not a service; write <cluster>\/<namespace>\/<name>/,
    ],
    [
      ['retire', 'local/../cart', '--kubeconfig', unreachable],
      2,
      /is not a service/,
    ],
    [
      ['retire', 'local/cart/cart?x=1', '--kubeconfig', unreachable],
      2,
      /is not a service/,
    ],
    [
      ['retire', 'local/cart/cart', '--delivery', 'fax'],
      2,
      /--delivery: "fax" is not possible; write gitops or apply/,
    ],
    [['phase', 'lockdown', spec], 2, /"lockdown" is no phase; write one of/],
    [
      ['verify', spec, '--wait', '-1', '--kubeconfig', unreachable],
      2,
      /--wait: "-1" is not possible; write seconds, from 0 to 3600/,
    ],
    [['apply', '/no/such.yaml'], 2, /\/no\/such\.yaml: there is no such file/],
    [['apply'], 2, /missing required argument 'spec\.yaml'/],
  ])('answers %j with the way out', async (args, code, words) => {
    expect(await run(args)).toEqual({
      code,
      out: '',
      err: expect.stringMatching(words),
    });
  });

  it.each<[string, object | string, RegExp]>([
    [
      'names that walk through folders',
      { name: '../../etc', owner: 'group:default/shop' },
      /: name: /,
    ],
    [
      'a namespace that walks through folders',
      { name: 'cart', namespace: '../kube-system' },
      /: namespace: /,
    ],
    [
      'a huge spec',
      `name: ${'x'.repeat(11 * 1024 * 1024)}`,
      /larger than 10 MiB/,
    ],
    [
      'a huge value',
      { name: 'cart', description: 'x'.repeat(100_000) },
      /: description: /,
    ],
  ])('refuses %s before anything is asked', async (name, content, words) => {
    const file = write(`${name}.yaml`, content);
    const ran = await run([
      'apply',
      file,
      '--yes',
      '--kubeconfig',
      unreachable,
    ]);
    expect([1, 2]).toContain(ran.code);
    expect(ran.err).toMatch(words);
    expect(ran.err.length).toBeLessThan(5000);
  });
});
