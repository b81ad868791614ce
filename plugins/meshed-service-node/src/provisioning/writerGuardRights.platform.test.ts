import { kinds } from '@meshway/plugin-meshed-service-common';
import { platformForTests } from '@meshway/test-platform';
import { administrator } from './__testUtils__/anAdministrator';
import {
  aServiceOfTheWriter,
  at,
  rbac,
  record,
  theWriter,
} from './__testUtils__/theWriter';

describe('what rights the API server lets the writer use, and pass on', () => {
  const platform = platformForTests(['kubernetes']);
  let admin: ReturnType<typeof administrator>;
  let writer: Awaited<ReturnType<typeof theWriter>>;
  /** A service that the writer itself has made. */
  let name: string;
  beforeAll(async () => {
    ({ admin, writer, name } = await aServiceOfTheWriter(platform));
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
});
