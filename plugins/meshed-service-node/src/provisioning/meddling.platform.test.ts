import {
  annotations,
  kinds,
  KubernetesObject,
  ObjectRef,
} from '@meshway/plugin-meshed-service-common';
import { platformForTests } from '@meshway/test-platform';
import { systemClock } from '../http';
import {
  aRequestFor,
  byAda,
  provisioningOn,
  refusal,
} from './__testUtils__/aCluster';
import { aRevocableToken } from './__testUtils__/aRevocableToken';
import { aWatchedCluster } from './__testUtils__/aWatchedCluster';
import { FaultRun, SeenRequest } from './__testUtils__/faultProxy';
import { anExpiredToken } from './__testUtils__/anExpiredToken';

describe('what others do while a service is made, on a real API server', () => {
  const platform = platformForTests(['kubernetes']);
  const cluster = aWatchedCluster(platform);

  /** Somebody does something once, right before an object of this kind is written. */
  const before = (resource: string, work: () => Promise<unknown>) => {
    let isDone = false;
    cluster.proxy.meddle = async ({ method, path }: SeenRequest) => {
      const isIt =
        method === 'PATCH' &&
        path.includes(`/${resource}/`) &&
        !path.includes('dryRun');
      if (isDone || !isIt) return;
      isDone = true;
      await work();
    };
  };
  const serverOf = (name: string): ObjectRef => ({
    ...kinds.Server,
    namespace: name,
    name: `${name}.http`,
  });
  const denying = (name: string) =>
    aRequestFor(name, {
      phase: 'audit',
      ports: [
        { name: 'http', port: 8081, protocol: 'HTTP/2' },
        {
          name: 'grpc',
          port: 8080,
          protocol: 'gRPC',
          probes: [{ kind: 'grpc' }],
        },
      ],
    });

  it('takes no field from whoever wrote it a moment before, and says whose it is', async () => {
    const { name, provisioning, request } = cluster.aService({
      phase: 'audit',
    });
    await provisioning.ensure(request, byAda());
    before('servers', () =>
      platform.kubernetes.server.send(
        'PATCH',
        `/apis/policy.linkerd.io/v1beta3/namespaces/${name}/servers/${name}.http?fieldManager=kubectl-edit`,
        { spec: { proxyProtocol: 'opaque' } },
        'application/merge-patch+json',
      ),
    );
    const refused = await refusal(provisioning.ensure(denying(name), byAda()));
    const server = await cluster.admin.kubernetes.read(serverOf(name));
    expect([refused, Object(server?.spec).proxyProtocol]).toEqual([
      expect.stringMatching(
        /^ConflictError: .*spec\.proxyProtocol.*kubectl-edit/,
      ),
      'opaque',
    ]);
  });

  it('makes again what somebody has deleted a moment before', async () => {
    const { name, provisioning, request } = cluster.aService({
      phase: 'audit',
    });
    await provisioning.ensure(request, byAda());
    before('servers', () => cluster.admin.remove(serverOf(name)));
    await provisioning.ensure(denying(name), byAda());
    const server = await cluster.admin.kubernetes.read(serverOf(name));
    expect([
      Object(server?.spec).proxyProtocol,
      (await provisioning.plan(denying(name))).outcome,
    ]).toEqual(['HTTP/2', 'unchanged']);
  });

  it('never adopts what somebody has made a moment before', async () => {
    const { name, provisioning, request } = cluster.aService();
    const theirs: KubernetesObject = {
      ...kinds.Server,
      metadata: { name: `${name}.http`, namespace: name },
      spec: { podSelector: {}, port: 9999 },
    };
    before('servers', () => cluster.admin.apply(theirs));
    const refused = await refusal(provisioning.ensure(request, byAda()));
    const server = await cluster.admin.kubernetes.read(serverOf(name));
    expect([
      refused,
      server?.spec,
      server?.metadata.annotations?.[annotations.owner],
    ]).toEqual([
      expect.stringMatching(
        /^ConflictError: Server .* belongs to somebody; it records no owner\. Choose another name, or ask them; nothing of theirs was touched/,
      ),
      expect.objectContaining({ podSelector: {}, port: 9999 }),
      undefined,
    ]);
  });

  it('stops when somebody deletes the namespace in the middle, and makes a new one when it is gone', async () => {
    const { name, provisioning, request } = cluster.aService();
    const ref = { ...kinds.Namespace, name };
    before('servers', () => cluster.admin.remove(ref));
    const refused = await refusal(provisioning.ensure(request, byAda()));
    await cluster.admin.untilGone(ref);
    const receipt = await provisioning.ensure(request, byAda());
    expect([refused, receipt.outcome]).toEqual([
      expect.stringMatching(/^ConflictError: .*being deleted/),
      'written',
    ]);
  });

  it('repeats the words of a policy of the cluster that says no in the middle, and is finished when it is gone', async () => {
    const { name, provisioning, request } = cluster.aService();
    const policy = {
      apiVersion: 'admissionregistration.k8s.io/v1',
      metadata: { name: `no-servers-in-${name}` },
    };
    await cluster.admin.apply({
      ...policy,
      kind: 'ValidatingAdmissionPolicy',
      spec: {
        failurePolicy: 'Fail',
        matchConstraints: {
          resourceRules: [
            {
              apiGroups: ['policy.linkerd.io'],
              apiVersions: ['*'],
              operations: ['CREATE'],
              resources: ['servers'],
            },
          ],
        },
        matchConditions: [
          { name: 'here', expression: `request.namespace == '${name}'` },
        ],
        validations: [
          { expression: 'false', message: 'Nobody opens a port today' },
        ],
      },
    });
    const binding = {
      ...policy,
      kind: 'ValidatingAdmissionPolicyBinding',
      spec: { policyName: policy.metadata.name, validationActions: ['Deny'] },
    };
    await cluster.admin.apply(binding);
    // In the namespace that is not there yet nobody can ask beforehand.
    const attempt = () => refusal(provisioning.ensure(request, byAda()));
    let refused = await attempt();
    // A policy takes effect a moment after it is written.
    for (let look = 0; look < 50 && refused === 'done'; look++) {
      await cluster.admin.remove(serverOf(name));
      refused = await attempt();
    }
    const { problems } = await provisioning.plan(request);
    await cluster.admin.remove({
      apiVersion: binding.apiVersion,
      kind: binding.kind,
      name: binding.metadata.name,
    });
    let finished = await attempt();
    for (let look = 0; look < 50 && finished !== 'done'; look++)
      finished = await attempt();
    expect([
      refused,
      [...new Set(problems.map(({ code }) => code))],
      finished,
    ]).toEqual([
      expect.stringMatching(/Nobody opens a port today/),
      ['refused-by-cluster'],
      'done',
    ]);
  });

  it('never touches anything of others in our own namespace, of whatever kind and however it is named', async () => {
    const { name, provisioning, request } = cluster.aService({
      phase: 'enforce',
      quota: { cpu: '2', memory: '2Gi', pods: 4 },
      rateLimit: { total: 100 },
    });
    // As if others had been here first: the same names, with a record of theirs.
    const { steps } = await provisioning.ensure(request, byAda());
    const theirs = steps
      .map(({ ref }) => ref)
      .filter(({ kind }) => kind !== kinds.Namespace.kind);
    for (const ref of theirs)
      await cluster.admin.annotate(ref, {
        [annotations.owner]: 'group:default/checkout',
      });
    const contents = await cluster.admin.contents(name);

    cluster.proxy.run = new FaultRun();
    const { problems } = await provisioning.plan(request);
    const refused = await refusal(provisioning.ensure(request, byAda()));
    expect({
      taken: problems.map(({ code, ref }) => `${code} ${ref?.kind}`).sort(),
      refused,
      writes: cluster.proxy.run.writes,
      contents: await cluster.admin.contents(name),
    }).toEqual({
      taken: theirs.map(({ kind }) => `name-taken ${kind}`).sort(),
      refused: expect.stringMatching(
        /^ConflictError: .*belongs to group:default\/checkout/s,
      ),
      writes: [],
      contents,
    });
  });

  it('says that the token has expired, and writes nothing', async () => {
    const { name, provisioning, request } = cluster.aService(
      {},
      { kubernetesToken: await anExpiredToken(platform, 'meshway-writer') },
    );
    expect([
      await refusal(provisioning.ensure(request, byAda())),
      cluster.proxy.run.writes,
      await cluster.admin.kubernetes.read({ ...kinds.Namespace, name }),
    ]).toEqual([
      expect.stringMatching(
        /^ServiceUnavailableError: .*nothing was written.*Cluster local does not accept the credentials: they are wrong or have expired\. Renew them under meshedService\.clusters/s,
      ),
      [],
      undefined,
    ]);
  });

  it('stops where its token ends in the middle of it, says so, and goes on with another one', async () => {
    const { token, revoke } = await aRevocableToken(platform, 'meshway-writer');
    const patient = { requestMilliseconds: 60_000, totalMilliseconds: 60_000 };
    const { name, provisioning, request } = cluster.aService(
      {},
      { kubernetesToken: token, limits: patient },
    );
    before('servers', revoke);
    expect(await refusal(provisioning.ensure(request, byAda()))).toMatch(
      /^\w+Error: .*Cluster local does not accept the credentials: they are wrong or have expired\. Renew them under meshedService\.clusters/s,
    );
    const halfway = await cluster.admin.contents(name);
    const { provisioning: again } = provisioningOn(platform, {
      withVault: false,
    });
    expect([
      Object.keys(halfway).length > 0,
      await cluster.admin.kubernetes.list(kinds.Server, { namespace: name }),
      await refusal(again.ensure(request, byAda())),
      (await again.plan(request)).outcome,
    ]).toEqual([true, [], 'done', 'unchanged']);
  });

  it('says that our clock and that of the cluster are apart, and writes nothing', async () => {
    const late = { ...systemClock, now: () => Date.now() + 90_000 };
    const { name, provisioning, request } = cluster.aService(
      {},
      { clock: late },
    );
    const { problems } = await provisioning.plan(request);
    expect([
      problems.map(({ code, message }) => [code, message]),
      await refusal(provisioning.ensure(request, byAda())),
      cluster.proxy.run.writes,
      await cluster.admin.kubernetes.read({ ...kinds.Namespace, name }),
    ]).toEqual([
      [
        [
          'clock-skew',
          expect.stringMatching(
            /^The clock of cluster local is (89|90|91) s behind ours\.$/,
          ),
        ],
      ],
      expect.stringMatching(/^ServiceUnavailableError: .*nothing was written/s),
      [],
      undefined,
    ]);
  });
});
