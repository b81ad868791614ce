import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { aFolder, checkout, meshway } from './__testUtils__/meshway';

// Each test starts processes; a busy machine takes its time.
jest.setTimeout(300_000);

const folder = aFolder();
const scenarios = path.join(
  checkout,
  'plugins/meshed-service-common/src/mesh/linkerd/__fixtures__/scenarios',
);
const scenario = (name: string) => path.join(scenarios, name);

const group = 'policy.linkerd.io';
const pod = `
apiVersion: v1
kind: Pod
metadata:
  {name: web, namespace: shop, labels: {app: web, linkerd.io/control-plane-ns: mesh}}
spec: {initContainers: [{name: linkerd-proxy, restartPolicy: Always}], containers: [{name: app, ports: [{name: http, containerPort: 8080}], livenessProbe: {httpGet: {path: /live, port: http}}}]}
`;
const server = (more = '') => `
apiVersion: ${group}/v1beta3
kind: Server
metadata: {name: web, namespace: shop, generation: 3}
spec: {podSelector: {}, port: http, ${more}}
`;
const policy = `
apiVersion: ${group}/v1alpha1
kind: AuthorizationPolicy
metadata: {name: allow, namespace: shop}
spec:
  targetRef: {group: ${group}, kind: Server, name: web}
  requiredAuthenticationRefs: [{kind: ServiceAccount, name: cart, namespace: cart}]
`;
const lost = policy
  .replace('name: allow', 'name: lost')
  .replace(
    '{kind: ServiceAccount',
    `{group: ${group}, kind: MeshTLSAuthentication`,
  );
const config = (values: string) => `
apiVersion: v1
kind: ConfigMap
metadata: {name: linkerd-config, namespace: mesh}
data: {values: ${JSON.stringify(values)}}
`;
const snapshotOf = (name: string, ...documents: string[]) => {
  const snapshot = path.join(folder, name);
  mkdirSync(snapshot, { recursive: true });
  writeFileSync(path.join(snapshot, 'all.yaml'), documents.join('---'));
  return snapshot;
};
const about = (snapshot: string, ...more: string[]) => [
  ...['policy', 'effective', '-s', snapshot, '--pod', 'shop/web', '-p', '8080'],
  ...more,
];

describe('meshway policy effective', () => {
  it('answers in JSON as the policy controller does, for pods and external workloads', async () => {
    const at = scenario('external-workload-by-port-name');
    const { answers } = JSON.parse(
      readFileSync(path.join(at, 'effective.json'), 'utf8'),
    );
    const workload = ['--external-workload', 'shop/vm', '--port', '80'];

    const ran = await meshway([
      'policy',
      'effective',
      '-s',
      at,
      ...workload,
      '--json',
    ]);

    expect({ ...ran, out: JSON.parse(ran.out) }).toMatchObject({
      code: 0,
      out: answers[0],
    });
  });

  it('says in words who is let in, what has no effect, and where settings come from', async () => {
    const snapshot = snapshotOf(
      'words',
      pod,
      server(),
      policy,
      lost,
      config(
        'identityTrustDomain: example.org\nclusterNetworks: "10.0.0.0/8"\n',
      ),
    );

    const ran = await meshway(about(snapshot));

    expect(ran).toEqual({
      code: 0,
      err: '',
      out: `Pod shop/web, port 8080: the proxy finds out whether it is HTTP.
Server web decides: it selects the workload and names port "http".

Who is let in:
  - ServiceAccount cart/cart (AuthorizationPolicy allow)

Open beside that:
  - probes of the kubelet: GET /live
    lets in, too: everybody, also in plaintext (policy probe)

Without effect:
  - AuthorizationPolicy shop/lost: it requires MeshTLSAuthentication cart/cart, which is not there or cannot be used

Settings of the control plane: ConfigMap mesh/linkerd-config.
`,
    });
  });

  it('says where the answer depends on history, and lets options outdo what the snapshot says', async () => {
    const snapshot = snapshotOf(
      'history',
      pod,
      server('proxyProtocol: HTTP/3'),
      config('proxy: {defaultInboundPolicy: deny}\n'),
    );

    const [words, json] = await Promise.all([
      meshway(about(snapshot)),
      meshway(about(snapshot, '--default-policy', 'audit', '--json')),
    ]);

    expect(words.out).toContain(
      'No Server claims the port: the default policy deny decides (of the installation), and no other policy has a say.',
    );
    expect(words.out).toContain(
      'a policy controller that saw it in a usable form keeps that one until it restarts',
    );
    expect(JSON.parse(json.out)).toMatchObject({
      server: { kind: 'default', name: 'audit' },
      dependsOnHistory: [
        { kind: 'formerForm', ref: { kind: 'Server', name: 'web' } },
      ],
    });
  });

  it('knows nothing of what is not there or was never injected, and says so in both forms', async () => {
    const at = scenario('workloads-that-are-not-there');

    const [words, json] = await Promise.all([
      meshway(about(at)),
      meshway(about(at, '--json')),
    ]);

    expect(words).toMatchObject({
      code: 3,
      out: expect.stringContaining(
        'it has no label linkerd.io/control-plane-ns',
      ),
    });
    expect([json.code, JSON.parse(json.out)]).toEqual([
      3,
      {
        workload: { namespace: 'shop', pod: 'web' },
        port: 8080,
        found: false,
        code: 'NotFound',
        message: 'unknown server',
      },
    ]);
  });

  it('answers, and says that it is not sure, where a part of the snapshot cannot be read', async () => {
    const snapshot = snapshotOf('broken', pod, '\nkind: [Server\n');

    const ran = await meshway(about(snapshot));

    expect(ran.code).toBe(3);
    expect(ran.err).toMatch(/broken\/all\.yaml:\d+: is not valid YAML/);
  });

  it.each([
    [['-p', '80'], /nothing is asked about; give --pod/],
    [
      ['-p', '80', '--pod', 'web'],
      /--pod: "web" is not possible; write <namespace>\/<name>/,
    ],
    [
      ['-p', 'http', '--pod', 'a/b'],
      /--port: "http" is not possible; write the number/,
    ],
    [
      ['-p', '80', '--pod', 'a/b', '--external-workload', 'a/b'],
      /both name a workload/,
    ],
    [
      ['-p', '80', '--pod', 'a/b', '--default-policy', 'open'],
      /--default-policy: "open" is not possible; write one of/,
    ],
    [
      ['-p', '80', '--pod', 'a/b', '--cluster-networks', '10/8'],
      /--cluster-networks: "10\/8" is not possible/,
    ],
    [
      ['-p', '80', '--pod', 'a/b', '--identity-domain', 'A B'],
      /--identity-domain: "A B" is not possible/,
    ],
  ])('answers %j with the way out', async (args, words) => {
    const snapshot = snapshotOf('asked', pod);
    expect(
      await meshway(['policy', 'effective', '-s', snapshot, ...args]),
    ).toEqual({
      code: 2,
      out: '',
      err: expect.stringMatching(words),
    });
  });

  it('names the field of linkerd-config that cannot be meant', async () => {
    const snapshot = snapshotOf(
      'config',
      pod,
      config('proxy: {defaultInboundPolicy: open}\n'),
    );

    expect(await meshway(about(snapshot))).toEqual({
      code: 2,
      out: '',
      err: expect.stringMatching(
        /ConfigMap linkerd-config: data\.values\.proxy\.defaultInboundPolicy: .*; correct it/,
      ),
    });
  });
});
