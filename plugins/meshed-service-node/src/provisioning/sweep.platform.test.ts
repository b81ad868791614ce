import {
  kinds,
  MESHWAY_API_VERSION,
  names,
  parseMeshedServiceSpec,
  renderBundle,
} from '@meshway/plugin-meshed-service-common';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { platformForTests } from '@meshway/test-platform';
import {
  administrator,
  aForeignAccount,
  aForeignNamespace,
  aRequestFor,
  byAda,
  CLUSTER,
  portalOn,
  PROJECT,
  provisioningOn,
  tokenOf,
} from './__testUtils__/aCluster';
import { FaultProxy, FaultRun } from './__testUtils__/faultProxy';
import { sweep, Sweepable } from './__testUtils__/sweep';

/** All cases take four hours; the sparse form takes every 53rd of them, over all k and all kinds of fault. */
const isFull = process.env.MESHWAY_SWEEP === 'full';
const every = isFull ? 1 : Number(process.env.MESHWAY_SWEEP ?? 53);

describe('every request fails', () => {
  const platform = platformForTests(['kubernetes', 'vault']);
  // Two to four seconds for each case.
  jest.setTimeout(900_000 + Math.ceil(50_000_000 / every));
  const limits = {
    // Long enough for a machine that does other things, too.
    requestMilliseconds: 600,
    totalMilliseconds: 6_000,
    attempts: 3,
    pauseMilliseconds: 5,
  };
  let toKubernetes: FaultProxy;
  let toVault: FaultProxy;
  let admin: ReturnType<typeof administrator>;
  let foreignBefore: unknown;
  const neighbour = 'sweep-neighbour';

  const foreign = async () => [
    await admin.kubernetes.read({ ...kinds.Namespace, name: neighbour }),
    await admin.kubernetes.list(kinds.ServiceAccount, { namespace: neighbour }),
  ];

  beforeAll(async () => {
    admin = administrator(platform);
    await admin.makeProject();
    await admin.apply(aForeignNamespace(neighbour));
    await admin.apply(aForeignAccount(neighbour, 'robot'));
    const { url, caFile } = platform.kubernetes;
    toKubernetes = await FaultProxy.before(url, caFile);
    toVault = await FaultProxy.before(platform.vault.address);
    foreignBefore = await foreign();
  });
  afterAll(async () => {
    await toKubernetes?.close();
    await toVault?.close();
  });

  const aSubject = (settings: Parameters<typeof provisioningOn>[1] = {}) => {
    const name = platform.newNamespaceName('sw');
    const said: string[] = [];
    const { provisioning } = provisioningOn(platform, {
      kubernetesUrl: toKubernetes.url,
      vaultUrl: toVault.url,
      limits,
      ...settings,
    });
    const service = { cluster: CLUSTER, namespace: name, name };
    const calmly = provisioningOn(platform);
    return {
      name,
      service,
      provisioning,
      request: aRequestFor(name, {
        phase: 'audit',
        secrets: { delivery: 'vso', paths: ['database'] },
        quota: { cpu: '2', memory: '2Gi', pods: 4 },
      }),
      options: byAda({ onStep: step => said.push(step), waitSeconds: 10 }),
      said: () => said.join('\n'),
      state: async () => {
        const namespace = await admin.kubernetes.read({
          ...kinds.Namespace,
          name,
        });
        const application = await admin.kubernetes.read({
          ...kinds.Application,
          namespace: 'argocd',
          name: names.argoApplication(service),
        });
        const role = await calmly.vault?.readRole(
          'kubernetes',
          names.vaultRole(service),
        );
        const state = {
          namespace: namespace && {
            labels: namespace.metadata.labels,
            annotations: namespace.metadata.annotations,
            terminating: namespace.metadata.deletionTimestamp !== undefined,
          },
          objects: await admin.contents(name),
          application: application?.spec,
          role,
        };
        return JSON.parse(JSON.stringify(state).replaceAll(name, 'NAME'));
      },
    };
  };
  const secrets = () => [tokenOf(platform, 'writer'), platform.vault.rootToken];
  const use = (run: FaultRun) => {
    toKubernetes.run = run;
    toVault.run = run;
  };

  it('of an apply', async () => {
    const applying: Sweepable = {
      secrets: secrets(),
      use,
      async prepare() {
        const { provisioning, request, options, state, said } = aSubject();
        return {
          attempt: () => provisioning.ensure(request, options),
          state,
          said,
        };
      },
    };
    const count = await sweep(applying, { every });
    process.stdout.write(
      `Every request fails, apply: ${count.requests} requests, ${count.cases} cases, struck in ${count.struck}, ${count.failures.length} failures\n`,
    );
    expect(count.failures).toEqual([]);
    expect(await foreign()).toEqual(foreignBefore);
  });

  it('of a retirement', async () => {
    const retiring: Sweepable = {
      secrets: secrets(),
      use,
      async prepare() {
        const { provisioning, request, service, options, state, said } =
          aSubject();
        use(new FaultRun());
        await provisioning.ensure(request, options);
        return {
          attempt: async () => {
            const letGo = admin.letApplicationGo(
              names.argoApplication(service),
            );
            await provisioning.retire(
              { service, owner: 'group:default/shop', delivery: 'apply' },
              options,
            );
            await letGo;
          },
          state,
          said,
        };
      },
    };
    const count = await sweep(retiring, { every });
    process.stdout.write(
      `Every request fails, retire: ${count.requests} requests, ${count.cases} cases, struck in ${count.struck}, ${count.failures.length} failures\n`,
    );
    expect(count.failures).toEqual([]);
    expect(await foreign()).toEqual(foreignBefore);
  });

  it('of a delivery by git, whose part in the cluster Argo CD has done', async () => {
    const folders: string[] = [];
    const delivering: Sweepable = {
      secrets: secrets(),
      use,
      async prepare() {
        const folder = await mkdtemp(join(tmpdir(), 'meshway-sweep-'));
        folders.push(folder);
        const { publishing, settings } = portalOn(platform, folder);
        const subject = aSubject({ publishing, platform: settings });
        const { name } = subject;
        const request = aRequestFor(name, {
          phase: 'audit',
          secrets: { delivery: 'vso', paths: ['database'] },
          delivery: { mode: 'gitops', repository: name, project: PROJECT },
        });
        const spec = parseMeshedServiceSpec(request.service);
        const { objects } = renderBundle(spec, settings);
        for (const object of objects)
          if (object.apiVersion !== MESHWAY_API_VERSION)
            await admin.apply(object);
        return {
          attempt: () => subject.provisioning.ensure(request, subject.options),
          state: async () => {
            const { files } = (await publishing.forge.read(name)) ?? {};
            const claim = await publishing.registry.readClaim(subject.service);
            const paths = [...(files?.keys() ?? [])].map(path =>
              path.replaceAll(name, 'NAME'),
            );
            return { ...(await subject.state()), paths, owner: claim?.owner };
          },
          said: subject.said,
        };
      },
    };
    const count = await sweep(delivering, { every });
    process.stdout.write(
      `Every request fails, gitops: ${count.requests} requests, ${count.cases} cases, struck in ${count.struck}, ${count.failures.length} failures\n`,
    );
    expect(count.failures).toEqual([]);
    await Promise.all(
      folders.map(folder => rm(folder, { recursive: true, force: true })),
    );
  });
});
