import { platformForTests } from '@meshway/test-platform';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Secret } from '../http';
import { KubernetesAuthRole, VaultOverHttp } from '.';

const folder = resolve(__dirname, '../../../../infra/vault');

describe('what Vault lets the portal and services do', () => {
  const platform = platformForTests(['vault']);
  /** A cluster that no other test has. */
  let cluster: string;
  let portal: string;
  const opened: VaultOverHttp[] = [];

  beforeAll(async () => {
    cluster = platform.newNamespaceName('eu');
    const settings = { CLUSTER: cluster, AUDIENCE: 'vault' };
    const { accessor } = platform.vault;
    await asRoot('PUT', `sys/policies/acl/meshway.${cluster}`, {
      policy: filled('service.hcl', { ...settings, ACCESSOR: accessor }),
    });
    await asRoot('PUT', `sys/policies/acl/meshway-portal.${cluster}`, {
      policy: filled('portal.hcl', settings),
    });
    const { body } = await asRoot('POST', 'auth/token/create', {
      policies: [`meshway-portal.${cluster}`],
      no_default_policy: true,
      ttl: '10m',
    });
    portal = Object(Object(body).auth).client_token;
  });
  afterAll(() => Promise.all(opened.map(vault => vault.close())));

  /** A policy that is shipped, as the command in README.md fills it in. */
  function filled(file: string, values: Record<string, string>): string {
    return Object.entries(values).reduce(
      (text, [name, value]) => text.replaceAll(name, value),
      readFileSync(resolve(folder, file), 'utf8'),
    );
  }
  async function ask(
    token: string,
    method: string,
    path: string,
    body?: unknown,
  ) {
    const answer = await fetch(`${platform.vault.address}/v1/${path}`, {
      method,
      headers: { 'x-vault-token': token },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await answer.text();
    return {
      status: answer.status,
      body: text ? (JSON.parse(text) as unknown) : undefined,
    };
  }
  const asRoot = (method: string, path: string, body?: unknown) =>
    ask(platform.vault.rootToken, method, path, body);
  const asPortal = async (method: string, path: string, body?: unknown) =>
    (await ask(portal, method, path, body)).status;

  const rolePath = (name: string) => `auth/kubernetes/role/${name}`;
  const ours = (name: string) => `meshway.${cluster}.${name}.${name}`;
  const aRole = (
    change: Partial<KubernetesAuthRole> = {},
  ): KubernetesAuthRole => ({
    boundServiceAccountNames: ['pay'],
    boundServiceAccountNamespaces: ['pay'],
    audience: 'vault',
    tokenPolicies: [`meshway.${cluster}`],
    tokenTtlSeconds: 3600,
    tokenMaxTtlSeconds: 3600,
    aliasNameSource: 'serviceaccount_uid',
    ...change,
  });
  const asVault = (token: string) => {
    const vault = new VaultOverHttp({
      address: platform.vault.address,
      credentials: { kind: 'token', token: new Secret(token) },
    });
    opened.push(vault);
    return vault;
  };

  it('lets the portal write, read, change and delete a role, and ask what it may do', async () => {
    const vault = asVault(portal);
    const name = ours('pay');
    await vault.writeRole('kubernetes', name, aRole());
    await vault.writeRole('kubernetes', name, aRole({ tokenTtlSeconds: 600 }));
    const seen = await vault.readRole('kubernetes', name);
    const capabilities = await vault.capabilities([rolePath(name)]);
    const { sealed } = await vault.health();
    await vault.deleteRole('kubernetes', name);
    expect({
      seen,
      capabilities,
      sealed,
      after: await vault.readRole('kubernetes', name),
    }).toEqual({
      seen: aRole({ tokenTtlSeconds: 600 }),
      capabilities: {
        [rolePath(name)]: ['create', 'delete', 'read', 'update'],
      },
      sealed: false,
      after: undefined,
    });
  });

  const accepted = () => ({
    bound_service_account_names: 'pay',
    bound_service_account_namespaces: 'pay',
    audience: 'vault',
    token_policies: `meshway.${cluster}`,
    alias_name_source: 'serviceaccount_uid',
    token_ttl: 3600,
    token_max_ttl: 3600,
  });
  const refused: Array<[what: string, change: () => object]> = [
    ['another policy', () => ({ token_policies: ['root-like'] })],
    ['another policy as text', () => ({ token_policies: 'root-like' })],
    [
      'a second policy',
      () => ({ token_policies: [`meshway.${cluster}`, 'root-like'] }),
    ],
    [
      'a second policy as text',
      () => ({ token_policies: `meshway.${cluster},root-like` }),
    ],
    [
      "the portal's own policy",
      () => ({ token_policies: [`meshway-portal.${cluster}`] }),
    ],
    ['a policy by the old name', () => ({ policies: ['root-like'] })],
    ['another audience', () => ({ audience: 'kubernetes' })],
    ['an empty audience', () => ({ audience: '' })],
    ['an audience of nothing but a comma', () => ({ audience: ',' })],
    ['an audience of nothing but a space', () => ({ audience: ' ' })],
    ['the audience twice', () => ({ audience: 'vault,vault' })],
    ['every account', () => ({ bound_service_account_names: ['*'] })],
    ['every account as text', () => ({ bound_service_account_names: '*' })],
    [
      'accounts by a pattern',
      () => ({ bound_service_account_names: ['pay*'] }),
    ],
    [
      'accounts by a pattern among others',
      () => ({ bound_service_account_names: 'pay,a*b' }),
    ],
    ['every namespace', () => ({ bound_service_account_namespaces: ['*'] })],
    [
      'every namespace as text',
      () => ({ bound_service_account_namespaces: '*' }),
    ],
    [
      'namespaces by a pattern',
      () => ({ bound_service_account_namespaces: '*-prod' }),
    ],
    [
      'namespaces by their labels',
      () => ({ bound_service_account_namespace_selector: '{}' }),
    ],
    ['aliases by name', () => ({ alias_name_source: 'serviceaccount_name' })],
    ['a token that never ends', () => ({ token_period: '768h' })],
    ['another kind of token', () => ({ token_type: 'batch' })],
  ];

  it.each(refused)(
    'refuses a role with %s, new or changed',
    async (_, change) => {
      const name = ours('there');
      await asRoot('POST', rolePath(name), accepted());
      const body = { ...accepted(), ...change() };
      expect({
        accepted: await asPortal('POST', rolePath(name), accepted()),
        changed: await asPortal('POST', rolePath(name), body),
        onlyThis: await asPortal('POST', rolePath(name), change()),
        created: await asPortal('POST', rolePath(ours('new')), body),
      }).toEqual({ accepted: 204, changed: 403, onlyThis: 403, created: 403 });
    },
  );

  it('refuses everything else: other roles, policies, secrets, mounts, tokens', async () => {
    const others: Array<[string, string, object?]> = [
      ['POST', rolePath('admin'), accepted()],
      ['POST', rolePath(`meshway.${cluster}x.pay.pay`), accepted()],
      ['DELETE', rolePath('admin')],
      ['GET', 'auth/kubernetes/role?list=true'],
      ['GET', 'auth/kubernetes/config'],
      ['POST', 'auth/kubernetes/config', { kubernetes_host: 'https://mine' }],
      ['PUT', `sys/policies/acl/meshway.${cluster}`, { policy: '' }],
      ['GET', `sys/policies/acl/meshway.${cluster}`],
      ['PUT', 'sys/policies/acl/mine', { policy: '' }],
      ['GET', `kv/data/${cluster}/pay/pay/database`],
      ['POST', `kv/data/${cluster}/pay/pay/database`, { data: {} }],
      ['POST', 'auth/token/create', {}],
      ['POST', 'sys/auth/mine', { type: 'userpass' }],
      ['GET', 'sys/mounts'],
      ['POST', 'identity/entity', {}],
    ];
    const answers = await Promise.all(
      others.map(
        async ([method, path, body]) =>
          `${method} ${path}: ${await asPortal(method, path, body)}`,
      ),
    );
    expect(answers).toEqual(
      others.map(([method, path]) => `${method} ${path}: 403`),
    );
  });

  it('shows a service its own secrets, and those of nobody else', async () => {
    const { server } = platform.kubernetes;
    const pay = platform.newNamespaceName('pay');
    for (const kind of ['Namespace', 'ServiceAccount'])
      await server.apply({
        apiVersion: 'v1',
        kind,
        metadata: {
          name: pay,
          ...(kind === 'ServiceAccount' ? { namespace: pay } : {}),
        },
      });
    const secret = (owner: string) =>
      `kv/data/${cluster}/${owner}/${owner}/database`;
    for (const owner of [pay, 'others'])
      await asRoot('POST', secret(owner), { data: { password: owner } });
    const name = ours(pay);
    await asVault(portal).writeRole(
      'kubernetes',
      name,
      aRole({
        boundServiceAccountNames: [pay],
        boundServiceAccountNamespaces: [pay],
      }),
    );
    const logIn = async (audience: string) =>
      ask('', 'POST', 'auth/kubernetes/login', {
        role: name,
        jwt: await server.requestToken(pay, pay, [audience]),
      });
    const { body } = await logIn('vault');
    const { client_token: token, policies } = Object(Object(body).auth);
    const read = async (path: string) => (await ask(token, 'GET', path)).status;
    expect({
      policies,
      own: await read(secret(pay)),
      ofOthers: await read(secret('others')),
      written: (await ask(token, 'POST', secret(pay), { data: {} })).status,
      withAnotherAudience: (await logIn('another')).status,
    }).toEqual({
      policies: ['default', `meshway.${cluster}`],
      own: 200,
      ofOthers: 403,
      written: 403,
      withAnotherAudience: 403,
    });
  });
});
