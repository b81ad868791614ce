import { platformForTests } from '@meshway/test-platform';
import { refusal } from '../http/__testUtils__/ScriptedServer';
import { HttpSender, Secret } from '../http';
import { kubernetesContract } from './__testUtils__/kubernetesContract';
import { AdmissionDeniedError, KubernetesOverHttp } from '.';

describe('KubernetesOverHttp on a real API server', () => {
  const platform = platformForTests(['kubernetes']);
  let admin: KubernetesOverHttp;
  beforeAll(() => {
    admin = new KubernetesOverHttp('test', {
      kind: 'kubeconfig',
      file: platform.kubernetes.kubeconfig('admin'),
    });
  });
  afterAll(() => admin?.close());

  kubernetesContract({
    kubernetes: () => admin,
    newName: () => platform.newNamespaceName('contract'),
    asSomebodyElse: object => platform.kubernetes.server.apply(object),
  });

  const withToken = (token: string) => {
    const { url, caFile } = platform.kubernetes;
    return new KubernetesOverHttp(
      'test',
      { kind: 'address', url, caFile, token: new Secret(token) },
      new HttpSender(),
    );
  };
  const aNamespace = async () => {
    const name = platform.newNamespaceName('contract');
    const namespace = {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name },
    };
    await admin.claim(namespace);
    return name;
  };

  it('names the permission that an account lacks', async () => {
    const namespace = await aNamespace();
    await admin.create({
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: { name: 'nobody', namespace },
    });
    const token = await platform.kubernetes.server.requestToken(
      namespace,
      'nobody',
    );
    const nobody = withToken(token);
    const account = `system:serviceaccount:${namespace}:nobody`;
    expect(
      await refusal(
        nobody.claim({
          apiVersion: 'v1',
          kind: 'Namespace',
          metadata: { name: 'a' },
        }),
      ),
    ).toBe(
      `PermissionMissingError: Claiming Namespace a in cluster test. ${account} may not create namespaces of cluster test. The roles in infra/rbac grant \`create namespaces\`; apply and bind them.`,
    );
    expect(
      await nobody.mayI([
        { verb: 'create', group: '', resource: 'namespaces' },
        {
          verb: 'create',
          group: 'authorization.k8s.io',
          resource: 'selfsubjectaccessreviews',
        },
      ]),
    ).toEqual([false, true]);
    await nobody.close();
  });

  it('says that a token is not accepted', async () => {
    const stranger = withToken('nonsense');
    expect(await refusal(stranger.version())).toBe(
      'ClusterCredentialsError: Asking cluster test for its version. Cluster test does not accept the credentials: they are wrong or have expired. Renew them under meshedService.clusters.',
    );
    await stranger.close();
  });

  it('names the policy of the cluster that said no', async () => {
    const name = platform.newNamespaceName('deny');
    const { server } = platform.kubernetes;
    await server.apply({
      apiVersion: 'admissionregistration.k8s.io/v1',
      kind: 'ValidatingAdmissionPolicy',
      metadata: { name },
      spec: {
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
        matchConditions: [
          { name: 'only', expression: `object.metadata.name == '${name}'` },
        ],
        validations: [
          { expression: 'false', message: 'nobody may have this name' },
        ],
      },
    });
    await server.apply({
      apiVersion: 'admissionregistration.k8s.io/v1',
      kind: 'ValidatingAdmissionPolicyBinding',
      metadata: { name },
      spec: { policyName: name, validationActions: ['Deny'] },
    });
    const attempt = () =>
      admin
        .tryCreate({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } })
        .then(
          () => undefined,
          (error: unknown) => error,
        );
    // A policy takes effect a moment after it was written.
    let error = await attempt();
    while (!error) {
      await new Promise(resolve => setTimeout(resolve, 100));
      error = await attempt();
    }
    expect(error).toBeInstanceOf(AdmissionDeniedError);
    expect(error).toMatchObject({
      message: `Trying to create Namespace ${name} in cluster test. Denied in cluster test by ValidatingAdmissionPolicy ${name}: nobody may have this name. Change what was asked for, or ask the platform team.`,
      policy: `ValidatingAdmissionPolicy ${name}`,
    });
  });
});
