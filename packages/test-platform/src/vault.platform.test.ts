import { platformForTests } from '.';
import { vaultAt } from './components/vault';

type Login = {
  auth: { client_token: string; metadata: Record<string, string> };
};

describe('Vault on a platform', () => {
  const platform = platformForTests(['vault']);

  it('lets a ServiceAccount log in by its token, and read what belongs to it and nothing else', async () => {
    const namespace = platform.newNamespaceName('secrets');
    const { address } = platform.vault;
    const root = vaultAt(address, platform.vault.rootToken);
    await root('POST', `kv/data/local/${namespace}/web/database`, {
      data: { password: 'ours' },
    });
    await root('POST', `kv/data/local/${namespace}/other/database`, {
      data: { password: 'theirs' },
    });
    await aRole(namespace, 'web');

    const { auth } = await login(namespace, 'web', 'web');

    const web = vaultAt(address, auth.client_token);
    expect(auth.metadata).toMatchObject({
      service_account_name: 'web',
      service_account_namespace: namespace,
    });
    expect(
      await web('GET', `kv/data/local/${namespace}/web/database`),
    ).toMatchObject({ data: { data: { password: 'ours' } } });
    await expect(
      web('GET', `kv/data/local/${namespace}/other/database`),
    ).rejects.toThrow('403');
  });

  it('refuses a ServiceAccount that the role is not bound to', async () => {
    const namespace = platform.newNamespaceName('secrets');
    await aRole(namespace, 'web');

    await expect(login(namespace, 'stranger', 'web')).rejects.toThrow(
      'service account name not authorized',
    );
  });

  it('lets the portal write a role with the one policy, and no other', async () => {
    const { address, portalToken } = platform.vault;
    const portal = vaultAt(address, portalToken);
    const role = roleOf('any', 'web');
    const name = 'auth/kubernetes/role/meshway.local.any.web';

    await expect(portal('POST', name, role)).resolves.toBeUndefined();
    await expect(
      portal('POST', name, { ...role, token_policies: ['root'] }),
    ).rejects.toThrow('403');
    await portal('DELETE', name);
  });

  const roleOf = (namespace: string, account: string) => ({
    bound_service_account_names: [account],
    bound_service_account_namespaces: [namespace],
    audience: 'vault',
    alias_name_source: 'serviceaccount_uid',
    token_policies: ['meshway.local'],
    token_ttl: 3600,
  });

  const nameOf = (namespace: string, account: string) =>
    `meshway.local.${namespace}.${account}`;

  async function aRole(namespace: string, account: string) {
    const { address, rootToken } = platform.vault;
    const role = `auth/kubernetes/role/${nameOf(namespace, account)}`;
    await vaultAt(address, rootToken)('POST', role, roleOf(namespace, account));
  }

  /** Logs in as a pod of this account would. */
  async function login(namespace: string, account: string, service: string) {
    const { server } = platform.kubernetes;
    await server.apply({
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: namespace },
    });
    await server.apply({
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: { name: account, namespace },
    });
    const jwt = await server.requestToken(namespace, account, ['vault']);
    const answer = await vaultAt(platform.vault.address, '')(
      'POST',
      'auth/kubernetes/login',
      { role: nameOf(namespace, service), jwt },
    );
    return answer as Login;
  }
});
