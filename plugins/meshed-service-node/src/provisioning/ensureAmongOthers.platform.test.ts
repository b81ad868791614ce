import { annotations, kinds } from '@meshway/plugin-meshed-service-common';
import { platformForTests } from '@meshway/test-platform';
import { aRequestFor, byAda, refusal } from './__testUtils__/aCluster';
import {
  aForeignAccount,
  aForeignNamespace,
} from './__testUtils__/anAdministrator';
import { aWatchedCluster } from './__testUtils__/aWatchedCluster';
import { FaultRun } from './__testUtils__/faultProxy';

describe('ensure among others, on a real API server', () => {
  const platform = platformForTests(['kubernetes']);
  const cluster = aWatchedCluster(platform);

  it('lets one of two owners win, and tells the other who', async () => {
    const { name, provisioning, request } = cluster.aService();
    const rival = aRequestFor(name, { owner: 'checkout' });
    const results = await Promise.all(
      [request, rival].map(each => refusal(provisioning.ensure(each, byAda()))),
    );
    expect(results.filter(each => each === 'done')).toHaveLength(1);
    const winner = results[0] === 'done' ? 'shop' : 'checkout';
    expect(results.find(each => each !== 'done')).toMatch(
      new RegExp(`^ConflictError: .*belongs to group:default/${winner}`, 's'),
    );
    const seen = await cluster.admin.kubernetes.read({
      ...kinds.Namespace,
      name,
    });
    expect(seen?.metadata.annotations?.[annotations.owner]).toBe(
      `group:default/${winner}`,
    );
  });

  it('never touches a namespace of others', async () => {
    const { name, provisioning, request } = cluster.aService();
    await cluster.admin.apply(aForeignNamespace(name));
    const before = await cluster.admin.kubernetes.read({
      ...kinds.Namespace,
      name,
    });
    const plan = await provisioning.plan(request);
    expect(plan.problems).toEqual([
      {
        code: 'name-taken',
        system: 'kubernetes',
        ref: { ...kinds.Namespace, name },
        message: `Namespace ${name} belongs to group:default/checkout (service unknown).`,
        fix: expect.any(String),
      },
    ]);
    expect(await refusal(provisioning.ensure(request, byAda()))).toMatch(
      /^ConflictError: .*belongs to group:default\/checkout/s,
    );
    expect(cluster.proxy.run.writes).toEqual([]);
    expect(
      await cluster.admin.kubernetes.read({ ...kinds.Namespace, name }),
    ).toEqual(before);
  });

  it('never touches an account or a Server of others in our own namespace', async () => {
    const { name, provisioning, request } = cluster.aService();
    await provisioning.ensurePart('namespace', request, byAda());
    const server = {
      ...kinds.Server,
      metadata: { name: `${name}.http`, namespace: name },
      spec: { podSelector: {}, port: 9999 },
    };
    await cluster.admin.apply(aForeignAccount(name, name));
    await cluster.admin.apply(server);
    const before = await cluster.admin.contents(name);
    const { problems } = await provisioning.plan(request);
    expect(problems.map(({ code, message }) => [code, message])).toEqual([
      [
        'name-taken',
        `ServiceAccount ${name}/${name} belongs to somebody who manages it with Helm.`,
      ],
      [
        'name-taken',
        `Server ${name}/${name}.http belongs to somebody; it records no owner.`,
      ],
    ]);
    expect(await refusal(provisioning.ensure(request, byAda()))).toMatch(
      /^ConflictError/,
    );
    expect(await cluster.admin.contents(name)).toEqual(before);
  });

  it('says who has written which field, and takes nothing over', async () => {
    const { name, provisioning, request } = cluster.aService();
    await provisioning.ensure(request, byAda());
    const { server } = platform.kubernetes;
    const path = `/apis/policy.linkerd.io/v1beta3/namespaces/${name}/servers/${name}.http`;
    await server.send(
      'PATCH',
      `${path}?fieldManager=kubectl-edit`,
      { spec: { accessPolicy: 'deny' } },
      'application/merge-patch+json',
    );
    const { problems, objects } = await provisioning.plan(request);
    expect(objects.filter(({ action }) => action === 'conflict')).toEqual([
      {
        system: 'kubernetes',
        ref: { ...kinds.Server, namespace: name, name: `${name}.http` },
        action: 'conflict',
        conflicts: [{ with: 'kubectl-edit', field: 'spec.accessPolicy' }],
      },
    ]);
    expect(problems.map(({ code }) => code)).toEqual(['field-conflict']);
    expect(await refusal(provisioning.ensure(request, byAda()))).toContain(
      'spec.accessPolicy was written by kubectl-edit',
    );
  });

  it('makes again what somebody has deleted', async () => {
    const { name, provisioning, request } = cluster.aService();
    await provisioning.ensure(request, byAda());
    const ref = { ...kinds.Server, namespace: name, name: `${name}.http` };
    const seen = await cluster.admin.kubernetes.read(ref);
    await cluster.admin.kubernetes.delete(ref, {
      uid: seen?.metadata.uid ?? '',
    });
    const receipt = await provisioning.ensure(request, byAda());
    expect(
      receipt.steps.filter(({ outcome }) => outcome === 'created'),
    ).toEqual([{ system: 'kubernetes', ref, outcome: 'created' }]);
  });

  it('does not move into a namespace that is being deleted', async () => {
    const { name, provisioning, request } = cluster.aService();
    await provisioning.ensure(request, byAda());
    // Its deletion waits for this.
    await cluster.admin.apply({
      ...aForeignAccount(name, 'held'),
      metadata: {
        name: 'held',
        namespace: name,
        finalizers: ['example.com/held'],
      },
    });
    const ref = { ...kinds.Namespace, name };
    const seen = await cluster.admin.kubernetes.read(ref);
    await cluster.admin.kubernetes.delete(ref, {
      uid: seen?.metadata.uid ?? '',
    });
    cluster.proxy.run = new FaultRun();
    const { problems } = await provisioning.plan(request);
    expect(problems.map(({ code }) => code)).toContain('namespace-terminating');
    expect(await refusal(provisioning.ensure(request, byAda()))).toMatch(
      /^ConflictError: .*is being deleted/s,
    );
    expect(cluster.proxy.run.writes).toEqual([]);
    await cluster.admin.apply({
      ...aForeignAccount(name, 'held'),
      metadata: { name: 'held', namespace: name, finalizers: [] },
    });
  });
});
