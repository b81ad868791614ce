import { annotations, kinds } from '@meshway/plugin-meshed-service-common';
import { platformForTests } from '@meshway/test-platform';
import {
  aRequestFor,
  byAda,
  CLUSTER,
  provisioningOn,
} from './__testUtils__/aCluster';
import {
  administrator,
  aForeignAccount,
  aForeignNamespace,
} from './__testUtils__/anAdministrator';
import { at, rbac, record, theWriter } from './__testUtils__/theWriter';

describe('what the API server lets the writer do', () => {
  const platform = platformForTests(['kubernetes']);
  let admin: ReturnType<typeof administrator>;
  let writer: Awaited<ReturnType<typeof theWriter>>;
  /** A service that the writer itself has made. */
  let name: string;

  beforeAll(async () => {
    admin = administrator(platform);
    await admin.makeProject();
    writer = await theWriter(platform);
    name = platform.newNamespaceName('cart');
    await asWriter().ensure(aRequestFor(name), byAda());
  });

  const asWriter = () =>
    provisioningOn(platform, { as: 'writer', withVault: false }).provisioning;

  it('lets it make a service, make it again, and take it away, seeing everything but Secrets', async () => {
    const other = platform.newNamespaceName('order');
    const provisioning = asWriter();
    const request = aRequestFor(other);
    const made = await provisioning.ensure(request, byAda());
    const again = await provisioning.ensure(request, byAda());
    const retirement = {
      service: { cluster: CLUSTER, namespace: other, name: other },
      owner: 'group:default/shop',
      delivery: 'apply' as const,
      confirmNamespace: other,
    };
    const { unseen } = await provisioning.planRetirement(retirement);
    const [gone] = await Promise.all([
      provisioning.retire(retirement, byAda()),
      admin.letApplicationGo(`${other}.${CLUSTER}`),
    ]);
    expect([made.outcome, again.outcome, unseen, gone.outcome]).toEqual([
      'written',
      'unchanged',
      ['secrets'],
      'written',
    ]);
    expect(
      await admin.kubernetes.read({ ...kinds.Namespace, name: other }),
    ).toBeUndefined();
  });

  it('refuses objects and namespaces without an ownership record', async () => {
    const noRecord =
      'The object carries no ownership record: meshway.dev/owner and meshway.dev/entity-ref.';
    const stranger = platform.newNamespaceName('stranger');
    expect({
      namespace: await writer.post(['/api/v1', 'namespaces'], {
        ...kinds.Namespace,
        metadata: { name: stranger },
      }),
      account: await writer.of(name).postAccount({ annotations: {} }),
      ownedByNobody: await writer.of(name).postAccount({
        annotations: {
          ...record(name).annotations,
          [annotations.owner]: 'system:masters',
        },
      }),
    }).toEqual({
      namespace: noRecord,
      account: noRecord,
      ownedByNobody: noRecord,
    });
  });

  it('refuses namespaces of the platform, whatever record they would carry', async () => {
    await admin.apply({
      ...kinds.Namespace,
      metadata: { name: 'linkerd-viz' },
    });
    const answers = await Promise.all(
      ['kube-public', 'linkerd-viz', 'argocd', 'default', 'meshway'].map(
        namespace =>
          writer
            .of(name)
            .postAccount({ ...record(name, namespace) }, namespace),
      ),
    );
    expect([...new Set(answers)]).toEqual([
      'The namespace belongs to the platform.',
    ]);
    expect(
      await writer.post(['/api/v1', 'namespaces'], {
        ...kinds.Namespace,
        metadata: { name: 'kube-extra', ...record('kube-extra') },
      }),
    ).toBe('The namespace belongs to the platform.');
  });

  it('refuses to write into, to adopt, and to delete what belongs to others', async () => {
    const foreign = platform.newNamespaceName('foreign');
    await admin.apply(aForeignNamespace(foreign));
    await admin.apply(aForeignAccount(foreign, 'robot'));
    await admin.apply(aForeignAccount(name, 'robot'));
    const ours = record(name, foreign);
    expect({
      into: await writer
        .of(name)
        .postAccount({ ...ours, namespace: foreign }, foreign),
      adoptNamespace: await writer.apply('/api/v1/namespaces', {
        ...kinds.Namespace,
        metadata: { name: foreign, ...record(foreign) },
      }),
      adoptAccount: await writer.apply(
        `/api/v1/namespaces/${name}/serviceaccounts`,
        {
          ...aForeignAccount(name, 'robot'),
          metadata: { name: 'robot', namespace: name, ...record(name) },
        },
      ),
      deleteNamespace: await writer.tryTo(
        'DELETE',
        `/api/v1/namespaces/${foreign}?dryRun=All`,
      ),
      deleteAccount: await writer.tryTo(
        'DELETE',
        `/api/v1/namespaces/${name}/serviceaccounts/robot?dryRun=All`,
      ),
      deletePlatform: await writer.tryTo(
        'DELETE',
        '/api/v1/namespaces/argocd?dryRun=All',
      ),
      everything: await writer.tryTo(
        'DELETE',
        `/api/v1/namespaces/${name}/serviceaccounts?dryRun=All`,
      ),
      ofAnotherService: await writer
        .of(name)
        .postAccount(record('other', name)),
    }).toEqual({
      into: 'The namespace is not that of the service.',
      adoptNamespace:
        'The object is not ours: before the change it carries no record, or that of another service.',
      adoptAccount:
        'The object is not ours: before the change it carries no record, or that of another service.',
      deleteNamespace:
        'The object carries no ownership record: meshway.dev/owner and meshway.dev/entity-ref.',
      deleteAccount:
        'The object carries no ownership record: meshway.dev/owner and meshway.dev/entity-ref.',
      deletePlatform:
        'The object carries no ownership record: meshway.dev/owner and meshway.dev/entity-ref.',
      everything: 'rbac',
      ofAnotherService: 'The namespace is not that of the service.',
    });
  });

  it('refuses a record that was copied from elsewhere', async () => {
    expect(
      await writer.of(name).postAccount({ ...record(name, 'elsewhere') }),
    ).toBe(
      'The annotation meshway.dev/claim is not that of this service in this namespace.',
    );
  });

  it('refuses roles beyond that of the owners', async () => {
    const beyond =
      'The Role is not that of the owners, or lets them do more than read, restart and scale.';
    const one = (resources: string[], verbs: string[], more: object = {}) => [
      { apiGroups: [''], resources, verbs, ...more },
    ];
    const servers = {
      apiGroups: ['policy.linkerd.io'],
      resources: ['servers'],
    };
    const restart = { apiGroups: ['apps'], resources: ['deployments'] };
    expect({
      read: await writer
        .of(name)
        .postRole(one(['pods'], ['get', 'list', 'watch'])),
      secrets: await writer.of(name).postRole(one(['secrets'], ['get'])),
      everything: await writer
        .of(name)
        .postRole([{ apiGroups: ['*'], resources: ['*'], verbs: ['*'] }]),
      escalate: await writer.of(name).postRole([
        {
          apiGroups: ['rbac.authorization.k8s.io'],
          resources: ['roles'],
          verbs: ['escalate', 'bind'],
        },
      ]),
      heldButNotTheirs: await writer
        .of(name)
        .postRole([{ ...servers, verbs: ['create'] }]),
      restartTheirs: await writer
        .of(name)
        .postRole([{ ...restart, verbs: ['patch'], resourceNames: [name] }]),
      restartAny: await writer
        .of(name)
        .postRole([{ ...restart, verbs: ['patch'] }]),
      anotherName: await writer
        .of(name)
        .postRole(one(['pods'], ['get']), { name: 'viewer' }),
    }).toEqual({
      read: 'allowed',
      secrets: 'escalation',
      everything: expect.stringMatching(/^escalation$|^The Role/),
      escalate: expect.stringMatching(/^escalation$|^The Role/),
      heldButNotTheirs: beyond,
      restartTheirs: 'allowed',
      restartAny: beyond,
      anotherName: beyond,
    });
  });

  it('refuses to bind other roles, and to bind to others', async () => {
    const others =
      'The RoleBinding binds another role than that of the owners, or binds it to others.';
    const owners = { kind: 'Role', name: `${name}-owners` };
    const shop = { kind: 'Group', name: 'group:default/shop' };
    const group = (each: string) => [{ kind: 'Group', name: each }];
    // Its roleRef could not be changed: that alone would refuse some of these.
    await writer.tryTo(
      'DELETE',
      `${rbac}/namespaces/${name}/rolebindings/${name}-owners`,
    );
    expect({
      owners: await writer
        .of(name)
        .postBinding(owners, [
          { ...shop, apiGroup: 'rbac.authorization.k8s.io' },
        ]),
      clusterAdmin: await writer
        .of(name)
        .postBinding({ kind: 'ClusterRole', name: 'cluster-admin' }, [shop]),
      everybody: await writer
        .of(name)
        .postBinding(owners, group('system:authenticated')),
      unauthenticated: await writer
        .of(name)
        .postBinding(owners, group('system:unauthenticated')),
      anotherGroup: await writer
        .of(name)
        .postBinding(owners, group('group:default/rivals')),
      itself: await writer.of(name).postBinding(owners, [
        {
          kind: 'ServiceAccount',
          name: 'meshway-writer',
          namespace: 'meshway',
        },
      ]),
      view: await writer
        .of(name)
        .postBinding({ kind: 'ClusterRole', name: 'view' }, [shop]),
      clusterWide: await writer.tryTo(
        'POST',
        `${rbac}/clusterrolebindings?dryRun=All`,
        {
          apiVersion: 'rbac.authorization.k8s.io/v1',
          kind: 'ClusterRoleBinding',
          metadata: { name, ...record(name) },
          roleRef: {
            apiGroup: 'rbac.authorization.k8s.io',
            kind: 'ClusterRole',
            name: 'cluster-admin',
          },
          subjects: [shop],
        },
      ),
    }).toEqual({
      owners: 'allowed',
      clusterAdmin: expect.stringMatching(/^escalation$|^The RoleBinding/),
      everybody: others,
      unauthenticated: others,
      anotherGroup: others,
      itself: others,
      view: expect.stringMatching(/^escalation$|^The RoleBinding/),
      clusterWide: 'rbac',
    });
  });

  it('refuses to use what it holds only to pass it on', async () => {
    await admin.apply({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name, namespace: name, ...record(name) },
      spec: {
        selector: { matchLabels: { app: name } },
        template: {
          metadata: { labels: { app: name } },
          spec: { containers: [{ name, image: name }] },
        },
      },
    });
    const onlyBundles =
      'The portal writes only the kinds of a bundle. Other rights it holds to pass them on.';
    const deployment = `${at('apps')}/namespaces/${name}/deployments/${name}`;
    const merge = 'application/merge-patch+json';
    expect({
      image: await writer.tryTo(
        'PATCH',
        `${deployment}?dryRun=All`,
        { spec: { replicas: 0 } },
        merge,
      ),
      scale: await writer.tryTo(
        'PATCH',
        `${deployment}/scale?dryRun=All`,
        { spec: { replicas: 0 } },
        merge,
      ),
    }).toEqual({ image: onlyBundles, scale: onlyBundles });
  });

  it('refuses Secrets, tokens, other identities, and the guard itself', async () => {
    const inOurs = `/api/v1/namespaces/${name}`;
    const guards = at('admissionregistration.k8s.io');
    const answers = await Promise.all([
      writer.tryTo('GET', `${inOurs}/secrets`),
      writer.tryTo('GET', '/api/v1/secrets'),
      writer.tryTo('POST', `${inOurs}/serviceaccounts/${name}/token`, {}),
      writer.tryTo('POST', `${inOurs}/pods?dryRun=All`, {
        ...kinds.Pod,
        metadata: { name, ...record(name) },
        spec: { containers: [{ name, image: name }] },
      }),
      writer.tryTo(
        'DELETE',
        `${guards}/validatingadmissionpolicies/meshway-writer-guard?dryRun=All`,
      ),
      writer.tryTo(
        'DELETE',
        `${guards}/validatingadmissionpolicybindings/meshway-writer-guard?dryRun=All`,
      ),
      writer.tryTo('GET', `${rbac}/clusterroles`),
    ]);
    expect(answers).toEqual(answers.map(() => 'rbac'));
  });

  it('refuses applications that are not the service’s, and projects', async () => {
    const argoproj = `${at('argoproj.io', 'v1alpha1')}/namespaces/argocd`;
    const application = (change: object, spec: object = {}) =>
      writer.tryTo('POST', `${argoproj}/applications?dryRun=All`, {
        ...kinds.Application,
        metadata: {
          name: `${name}.new`,
          namespace: 'argocd',
          ...record(name),
          ...change,
        },
        spec: { destination: { namespace: name }, ...spec },
      });
    const elsewhere =
      'The application is not named after the service, or deploys elsewhere than to its namespace.';
    const fresh = {
      annotations: {
        ...record(name).annotations,
        [annotations.claim]: `new/${name}/${name}`,
      },
    };
    expect({
      ours: await application(fresh),
      anotherName: await application({ ...fresh, name: 'payments.local' }),
      elsewhere: await application(fresh, {
        destination: { namespace: 'kube-system' },
      }),
      unrecorded: await application({ annotations: {} }),
      projects: await writer.tryTo(
        'POST',
        `${argoproj}/appprojects?dryRun=All`,
        {
          ...kinds.AppProject,
          metadata: { name, ...record(name) },
          spec: {},
        },
      ),
      otherNamespace: await writer.tryTo(
        'POST',
        `${at(
          'argoproj.io',
          'v1alpha1',
        )}/namespaces/${name}/applications?dryRun=All`,
        {
          ...kinds.Application,
          metadata: { name: `${name}.${CLUSTER}`, ...record(name) },
          spec: { destination: { namespace: name } },
        },
      ),
    }).toEqual({
      ours: 'allowed',
      anotherName: elsewhere,
      elsewhere,
      unrecorded:
        'The object carries no ownership record: meshway.dev/owner and meshway.dev/entity-ref.',
      projects: 'rbac',
      otherNamespace: 'rbac',
    });
  });

  it('leaves everybody else alone', async () => {
    const unrecorded = await platform.kubernetes.server.send(
      'POST',
      '/api/v1/namespaces?dryRun=All',
      { ...kinds.Namespace, metadata: { name: 'unrecorded' } },
    );
    expect(unrecorded.status).toBe(201);
  });
});
