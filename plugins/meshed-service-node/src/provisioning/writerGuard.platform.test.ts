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
import {
  aServiceOfTheWriter,
  at,
  record,
  theWriter,
} from './__testUtils__/theWriter';

describe('what the API server lets the writer do', () => {
  const platform = platformForTests(['kubernetes']);
  let admin: ReturnType<typeof administrator>;
  let writer: Awaited<ReturnType<typeof theWriter>>;
  /** A service that the writer itself has made. */
  let name: string;
  beforeAll(async () => {
    ({ admin, writer, name } = await aServiceOfTheWriter(platform));
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
        // What Argo CD's own definition wants, where another test has brought it.
        spec: { project: 'shop', destination: { namespace: name }, ...spec },
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
