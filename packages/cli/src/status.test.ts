import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { aFolder, checkout, meshway } from './__testUtils__/meshway';

// Each test starts processes; a busy machine takes its time.
jest.setTimeout(300_000);

const folder = aFolder();
const spec = path.join(checkout, 'examples/otel-demo/1-input.yaml');

const snapshotOf = (name: string, files: Record<string, string>) => {
  const snapshot = path.join(folder, name);
  mkdirSync(snapshot, { recursive: true });
  for (const [file, text] of Object.entries(files))
    writeFileSync(path.join(snapshot, file), text);
  return snapshot;
};

describe('meshway status', () => {
  it('finds a service without pods missing, and says what to do', async () => {
    const { out: rendered } = await meshway(['render', spec]);
    const snapshot = snapshotOf('rendered', { 'all.yaml': rendered });

    const ran = await meshway(['status', '--snapshot', snapshot]);

    expect(ran).toEqual({
      code: 1,
      err: '',
      out: expect.stringMatching(
        /^local\/cart\/cart: .*Missing\n(?: {2}.+\n)* {2}MSC001 missing: No pod of the service is there\./,
      ),
    });
  });

  it('knows nothing of what is not there, and says so in JSON, too', async () => {
    const snapshot = snapshotOf('empty', {});

    const [all, one, declared] = await Promise.all([
      meshway(['status', '-s', snapshot]),
      meshway(['status', '-s', snapshot, '--service', 'cart/cart', '--json']),
      meshway(['status', '-s', snapshot, '--spec', spec]),
    ]);

    expect(all).toEqual({
      code: 3,
      err: '',
      out: `No service was found in ${snapshot}.\n`,
    });
    expect(JSON.parse(one.out)).toMatchObject({
      cluster: 'local',
      problems: [],
      services: [
        {
          service: { cluster: 'local', namespace: 'cart', name: 'cart' },
          declared: false,
          observed: false,
          state: 'unknown',
        },
      ],
    });
    expect(declared).toMatchObject({
      code: 3,
      out: expect.stringContaining('eclared, nothing observed yet'),
    });
  });

  it('says where a snapshot cannot be read, and that the rest is unknown', async () => {
    const snapshot = snapshotOf('broken', {
      'pods.yaml': 'apiVersion: v1\nkind: [Pod\n',
    });

    const ran = await meshway([
      'status',
      '-s',
      snapshot,
      '--service',
      'cart/cart',
    ]);

    expect(ran.code).toBe(3);
    expect(ran.err).toMatch(/broken\/pods\.yaml:\d+: /);
  });

  it.each([
    [
      ['status', '-s', folder, '--context', 'eu-1'],
      /--snapshot is read in place of a cluster; leave --context/,
    ],
    [
      ['status', '-s', folder, '--service', 'a/b', '--namespace', 'c'],
      /--namespace: c is not that of a\/b/,
    ],
    [
      ['status', '-s', folder, '--prometheus', 'http://a:b@c'],
      /--prometheus: an address holds no credential/,
    ],
    [
      ['status', '-s', folder, '--prometheus-token-file', '/token'],
      /--prometheus-token-file: is for a Prometheus; name it with --prometheus/,
    ],
    [
      [
        ...['status', '-s', folder, '--prometheus', 'http://prometheus:9090'],
        ...['--prometheus-token-file', '/token'],
      ],
      /--prometheus: is plain http, which would show the token/,
    ],
    [
      [
        ...['status', '-s', folder, '--prometheus', 'http://127.0.0.1:9090'],
        ...['--prometheus-token-file', '/no/such'],
      ],
      /--prometheus-token-file: "\/no\/such" cannot be read/,
    ],
    [['status', '--kubeconfig', '/no/such'], /\/no\/such cannot be read/],
    [
      ['snapshot', '-o', folder],
      /is there already, and is no empty folder; name one that is not there yet/,
    ],
    [['snapshot'], /required option '-o, --output <folder>' not specified/],
    [['status', '-s', '/no/such'], /\/no\/such: there is no such file/],
    [
      ['status', '-s', 'package.json'],
      /package\.json: is a file; name a folder/,
    ],
    [
      ['status', '-s', folder, '--service', 'cart'],
      /--service: "cart" is not <namespace>\/<name>/,
    ],
    [
      ['status', '-s', folder, '--cluster', 'a/b'],
      /--cluster: "a\/b" is not possible/,
    ],
    [
      ['status', '-s', folder, '--service', 'a/b', '--spec', spec],
      /--service and --spec both name a service/,
    ],
  ])('answers %j with the way out', async (args, words) => {
    expect(await meshway(args)).toEqual({
      code: 2,
      out: '',
      err: expect.stringMatching(words),
    });
  });
});
