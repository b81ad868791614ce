import { platformForTests } from '@meshway/test-platform';
import { createServer, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import {
  aRequestFor,
  byAda,
  provisioningOn,
  refusal,
} from './__testUtils__/aCluster';
import {
  administrator,
  aForeignNamespace,
} from './__testUtils__/anAdministrator';

describe('preflight, on a real API server', () => {
  const platform = platformForTests(['kubernetes']);
  let admin: ReturnType<typeof administrator>;
  let sealed: Server;
  let sealedUrl: string;
  beforeAll(async () => {
    admin = administrator(platform);
    await admin.makeProject();
    // Vault's own answer when it is sealed.
    sealed = createServer((_, answer) => {
      answer.writeHead(503, { 'content-type': 'application/json' });
      answer.end(
        JSON.stringify({
          initialized: true,
          sealed: true,
          standby: true,
          version: '1.21.0',
        }),
      );
    });
    await new Promise<void>(resolve => {
      sealed.listen(0, '127.0.0.1', resolve);
    });
    const { port } = sealed.address() as AddressInfo;
    sealedUrl = `http://127.0.0.1:${port}`;
  });
  afterAll(() => {
    sealed?.close();
  });

  it('tells every problem at once, of every system, and writes nothing', async () => {
    const name = platform.newNamespaceName('cart');
    await admin.apply(aForeignNamespace(name));
    const { provisioning } = provisioningOn(platform, {
      as: 'reader',
      vaultUrl: sealedUrl,
      vaultToken: 'none',
    });
    const request = aRequestFor(name, {
      secrets: { delivery: 'vso', paths: ['database'] },
      delivery: { mode: 'apply', repository: name, project: 'nobodys' },
    });
    const problems = await provisioning.preflight(request);
    const codes = [
      ...new Set(problems.map(({ system, code }) => `${system} ${code}`)),
    ];
    expect(codes.sort()).toEqual([
      'argocd project-objects',
      'kubernetes name-taken',
      'kubernetes permission-missing',
      'vault vault-sealed',
    ]);
    const messages = problems.map(({ message }) => message);
    expect(messages).toEqual(
      expect.arrayContaining([
        'The credentials for cluster local may not create namespaces.',
        `The credentials for cluster local may not patch servers.policy.linkerd.io in namespace ${name}.`,
        'The credentials for cluster local may not create applications.argoproj.io in namespace argocd.',
        `Namespace ${name} belongs to group:default/checkout (service unknown).`,
        `Vault at ${sealedUrl} is sealed.`,
      ]),
    );
    expect(problems.every(({ fix }) => fix.length > 0)).toBe(true);
    const said = await refusal(provisioning.ensure(request, byAda()));
    expect(said).toMatch(/^ConflictError: .*nothing was written/s);
    expect(messages.filter(message => !said.includes(message))).toEqual([]);
  });

  it('needs no Vault for a service without secrets, and says that one with secrets does', async () => {
    const name = platform.newNamespaceName('cart');
    const { provisioning } = provisioningOn(platform, { withVault: false });
    expect(await provisioning.preflight(aRequestFor(name))).toEqual([]);
    const problems = await provisioning.preflight(
      aRequestFor(name, { secrets: { delivery: 'vso', paths: ['database'] } }),
    );
    expect(problems.map(({ code }) => code)).toEqual(['vault-not-configured']);
  });

  it('says that a cluster cannot be reached, and names it', async () => {
    const { provisioning } = provisioningOn(platform, {
      withVault: false,
      kubernetesUrl: 'http://127.0.0.1:1',
      limits: { attempts: 1 },
    });
    const problems = await provisioning.preflight(aRequestFor('cart'));
    expect([...new Set(problems.map(({ code }) => code))]).toEqual([
      'unreachable',
    ]);
    expect(problems[0].message).toMatch(
      /cluster local.*connection was refused/,
    );
    expect(
      await refusal(provisioning.ensure(aRequestFor('cart'), byAda())),
    ).toMatch(/^ServiceUnavailableError/);
  });

  it('reads what a policy in the cluster would refuse', async () => {
    const name = platform.newNamespaceName('cart');
    const policy = {
      apiVersion: 'admissionregistration.k8s.io/v1',
      metadata: { name: `no-${name}` },
    };
    await admin.apply({
      ...policy,
      kind: 'ValidatingAdmissionPolicy',
      spec: {
        failurePolicy: 'Fail',
        matchConstraints: {
          resourceRules: [
            {
              apiGroups: [''],
              apiVersions: ['v1'],
              operations: ['CREATE'],
              resources: ['namespaces'],
            },
          ],
        },
        validations: [
          {
            expression: `object.metadata.name != '${name}'`,
            message: 'Nobody moves in today',
          },
        ],
      },
    });
    await admin.apply({
      ...policy,
      kind: 'ValidatingAdmissionPolicyBinding',
      spec: { policyName: policy.metadata.name, validationActions: ['Deny'] },
    });
    const { provisioning } = provisioningOn(platform, { withVault: false });
    const refused = async () =>
      (await provisioning.preflight(aRequestFor(name))).find(
        ({ code }) => code === 'refused-by-cluster',
      );
    let problem = await refused();
    // A policy takes effect a moment after it is written.
    for (let look = 0; look < 20 && !problem; look++) problem = await refused();
    expect(problem?.message).toContain('Nobody moves in today');
  });
});
