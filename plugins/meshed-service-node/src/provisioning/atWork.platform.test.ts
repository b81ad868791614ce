import {
  defaultPlatform,
  fromForm,
  kinds,
  KubernetesObject,
  MESHWAY_API_VERSION,
  names,
  parseMeshedServiceSpec,
  phases,
  renderBundle,
} from '@meshway/plugin-meshed-service-common';
import { platformForTests } from '@meshway/test-platform';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';
import { fromVault } from './__testUtils__/theVault';
import {
  aRequestFor,
  byAda,
  CLUSTER,
  portalOn,
  provisioningOn,
} from './__testUtils__/aCluster';
import { administrator } from './__testUtils__/anAdministrator';

const examples = resolve(__dirname, '../../../../examples');
const exampleNames = readdirSync(examples, { withFileTypes: true }).flatMap(
  entry => (entry.isDirectory() ? [entry.name] : []),
);
const audience = defaultPlatform.vault.audience;

describe('a service of the portal at work, on a real API server, Vault and Argo CD', () => {
  const platform = platformForTests(['kubernetes', 'argocd', 'vault']);
  // How fast Argo CD is, is the machine's business.
  jest.setTimeout(1_800_000);

  it('logs in to Vault with its own token, reads what is its own, and nothing of others', async () => {
    const [cart, other] = ['cart', 'other'].map(platform.newNamespaceName);
    const { provisioning } = provisioningOn(platform);
    await administrator(platform).makeProject();
    for (const name of [cart, other])
      await provisioning.ensure(
        aRequestFor(name, {
          secrets: { delivery: 'vso', paths: ['database'] },
        }),
        byAda({ waitSeconds: 0 }),
      );
    const vault = fromVault(platform.vault);
    const service = (name: string) => ({
      cluster: CLUSTER,
      namespace: name,
      name,
    });
    const secretOf = (name: string) =>
      `kv/data/${names.vaultPath(service(name))}/database`;
    for (const name of [cart, other])
      await vault(platform.vault.rootToken, 'POST', secretOf(name), {
        data: { password: `of ${name}` },
      });

    const { server } = platform.kubernetes;
    const login = async (account: string, role: string, audiences?: string[]) =>
      vault(undefined, 'POST', 'auth/kubernetes/login', {
        role: names.vaultRole(service(role)),
        jwt: await server.requestToken(account, account, audiences),
      });
    const own = await login(cart, cart, [audience]);
    expect(own).toMatchObject({ status: 200 });
    const token = own.body.auth.client_token;
    const mine = await vault(token, 'GET', secretOf(cart));
    expect({
      secret: mine.body.data.data,
      anothers: (await vault(token, 'GET', secretOf(other))).status,
      written: (await vault(token, 'POST', secretOf(cart), { data: {} }))
        .status,
      withTheRoleOfAnother: (await login(cart, other, [audience])).status,
      withATokenForTheApiServer: (await login(cart, cart)).status,
    }).toEqual({
      secret: { password: `of ${cart}` },
      anothers: 403,
      written: 403,
      withTheRoleOfAnother: 403,
      withATokenForTheApiServer: 403,
    });
  });

  it('has a policy of its own in Vault where the platform wants that, and it goes with the service', async () => {
    const cart = platform.newNamespaceName('cart');
    const service = { cluster: CLUSTER, namespace: cart, name: cart };
    const settings = {
      ...defaultPlatform,
      vault: { ...defaultPlatform.vault, policyPerService: true },
    };
    // Whoever may write policies may do everything: the portal's own policy does not let it.
    const { rootToken } = platform.vault;
    const { provisioning } = provisioningOn(platform, {
      platform: settings,
      vaultToken: rootToken,
    });
    await administrator(platform).makeProject();
    const request = aRequestFor(cart, {
      secrets: { delivery: 'vso', paths: ['database'] },
    });
    const once = byAda({ waitSeconds: 0 });
    await provisioning.ensure(request, once);
    const vault = fromVault(platform.vault);
    const policy = `sys/policies/acl/${names.vaultPolicy(service, settings)}`;
    const secret = `kv/data/${names.vaultPath(service)}/database`;
    await vault(rootToken, 'POST', secret, { data: { password: 'own' } });
    const login = await vault(undefined, 'POST', 'auth/kubernetes/login', {
      role: names.vaultRole(service),
      jwt: await platform.kubernetes.server.requestToken(cart, cart, [
        audience,
      ]),
    });
    const { client_token: token, token_policies: policies } = login.body.auth;
    const before = {
      policies,
      read: (await vault(token, 'GET', secret)).status,
      again: (await provisioning.ensure(request, once)).outcome,
      there: (await vault(rootToken, 'GET', policy)).status,
    };
    await provisioning.retire(
      {
        service,
        owner: 'group:default/shop',
        delivery: 'apply',
        confirmNamespace: cart,
      },
      byAda({ waitSeconds: 60 }),
    );
    expect({
      ...before,
      gone: (await vault(rootToken, 'GET', policy)).status,
    }).toEqual({
      // Vault gives `default` to every token of a login.
      policies: ['default', names.vaultPolicy(service, settings)],
      read: 200,
      again: 'unchanged',
      there: 200,
      gone: 404,
    });
  });

  it.each(exampleNames)(
    'every manifest of the example %s is accepted in every phase, without a warning',
    async example => {
      const namespace = platform.newNamespaceName('example');
      const written = parse(
        readFileSync(join(examples, example, '2-spec.yaml'), 'utf8'),
      );
      const folder = mkdtempSync(join(tmpdir(), 'meshway-examples-'));
      const { publishing, forge, settings } = portalOn(platform, folder);
      const remarks: string[] = [];
      for (const phase of phases) {
        const service = { ...written, namespace, phase };
        const spec = parseMeshedServiceSpec(fromForm(service));
        const repository = `${spec.name}-${phase}`;
        const delivery = { ...spec.delivery, repository };
        const ref = { ...spec, name: spec.name, delivery };
        const objects = [
          ...renderBundle(ref, settings).objects,
          ...(await teamsObjects({ ...service, delivery })),
        ].filter(({ apiVersion }) => apiVersion !== MESHWAY_API_VERSION);
        for (const object of objects)
          remarks.push(...(await complaintsAbout(object)));
      }
      rmSync(folder, { recursive: true });
      expect(remarks).toEqual([]);

      async function teamsObjects(service: {
        delivery: { repository: string };
      }): Promise<KubernetesObject[]> {
        const template = {
          ref: 'template:default/meshed-service',
          version: '1.0.0',
        };
        const [{ repository }] = [service.delivery];
        // A registry of its own for each phase: the name is claimed once.
        rmSync(join(folder, 'meshway-registry.git'), {
          recursive: true,
          force: true,
        });
        await publishing.publish({ service, template }, byAda());
        const files = (await forge.read(repository))?.files ?? new Map();
        return [...files]
          .filter(([path]) => /^manifests\/app\/.*\.yaml$/.test(path))
          .map(([, text]) => parse(text));
      }
      async function complaintsAbout(object: KubernetesObject) {
        const { status, body, warnings } =
          await platform.kubernetes.server.tryApply(object);
        const subject = `${object.kind} ${object.metadata.name}`;
        return [
          ...(status < 300
            ? []
            : [`${subject}: ${status} ${JSON.stringify(body)}`]),
          ...warnings.map(warning => `${subject}: ${warning}`),
        ];
      }
    },
  );

  it('runs its pods with a proxy, as Argo CD deploys them from the repository of the portal', async () => {
    const name = platform.newNamespaceName('shop');
    const { publishing, settings } = portalOn(platform);
    const { provisioning } = provisioningOn(platform, {
      publishing,
      platform: settings,
    });
    const request = aRequestFor(name, {
      phase: 'enforce',
      delivery: { mode: 'gitops', repository: name, project: 'shop' },
    });
    await provisioning.ensure(request, byAda({ waitSeconds: 400 }));
    const verification = await provisioning.verify(request, {
      waitSeconds: 400,
    });
    const { kubernetes } = administrator(platform);
    const application = await kubernetes.read({
      ...kinds.Application,
      namespace: defaultPlatform.argocd.namespace,
      name: names.argoApplication({ cluster: CLUSTER, namespace: name, name }),
    });
    const pods = await kubernetes.list(kinds.Pod, { namespace: name });
    expect({
      state: verification.state,
      sync: Object(application?.status).sync?.status,
      health: Object(application?.status).health?.status,
      pods: pods.map(({ spec, status }) => [
        Object(status).phase,
        Object(spec).serviceAccountName,
        [
          ...(Object(spec).initContainers ?? []),
          ...Object(spec).containers,
        ].some(container => container.name === 'linkerd-proxy'),
      ]),
    }).toEqual({
      state: 'ok',
      sync: 'Synced',
      health: 'Healthy',
      pods: pods.map(() => ['Running', name, true]),
    });
    expect(pods.length).toBeGreaterThan(0);
  });
});
