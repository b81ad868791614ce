import { platformForTests } from '@meshway/test-platform';
import { refusal } from '../http/__testUtils__/ScriptedServer';
import { Secret } from '../http';
import { vaultContract } from './__testUtils__/vaultContract';
import { VaultOverHttp } from '.';

describe('VaultOverHttp on a real Vault', () => {
  const platform = platformForTests(['vault']);
  const opened: VaultOverHttp[] = [];
  const withToken = (token: string) => {
    const vault = new VaultOverHttp({
      address: platform.vault.address,
      credentials: { kind: 'token', token: new Secret(token) },
    });
    opened.push(vault);
    return vault;
  };
  let root: VaultOverHttp;
  beforeAll(() => {
    root = withToken(platform.vault.rootToken);
  });
  afterAll(async () => {
    await Promise.all(opened.map(vault => vault.close()));
  });

  const newName = () => platform.newNamespaceName('contract');
  vaultContract({ vault: () => root, mount: 'kubernetes', newName });

  /** A token with one policy, made as the administrator would. */
  const aToken = async (policy: string): Promise<string> => {
    const { address, rootToken } = platform.vault;
    const answer = await fetch(`${address}/v1/auth/token/create`, {
      method: 'POST',
      headers: { 'x-vault-token': rootToken },
      body: JSON.stringify({ policies: [policy], ttl: '10m' }),
    });
    const { auth } = await answer.json();
    return auth.client_token;
  };

  it('names what a token may not do', async () => {
    const name = newName();
    const vault = withToken(await aToken('default'));
    expect(await refusal(vault.readRole('kubernetes', name))).toBe(
      `VaultPermissionError: Reading role ${name} of kubernetes in Vault. The token may not read auth/kubernetes/role/${name} in Vault ${platform.vault.address}, or not with these values. The policy in infra/vault grants what Meshway needs.`,
    );
  });

  it('says that a token is not accepted', async () => {
    const name = newName();
    expect(
      await refusal(withToken('nonsense').readRole('kubernetes', name)),
    ).toBe(
      `VaultTokenError: Reading role ${name} of kubernetes in Vault. Vault ${platform.vault.address} does not accept the token: it is wrong, or has expired. Renew it under meshedService.vault.`,
    );
  });

  it('says what a token may do on each path', async () => {
    const name = newName();
    await root.writePolicy(
      name,
      'path "auth/kubernetes/role/meshway.*" { capabilities = ["update", "create"] }',
    );
    const vault = withToken(await aToken(name));
    expect(
      await vault.capabilities([
        'auth/kubernetes/role/meshway.a',
        'auth/kubernetes/role/other',
      ]),
    ).toEqual({
      'auth/kubernetes/role/meshway.a': ['create', 'update'],
      'auth/kubernetes/role/other': ['deny'],
    });
  });

  it('logs in with the token of a ServiceAccount', async () => {
    const name = newName();
    await root.writeRole('kubernetes', name, {
      boundServiceAccountNames: ['nobody'],
      boundServiceAccountNamespaces: ['nowhere'],
      audience: 'vault',
      tokenPolicies: ['default'],
      tokenTtlSeconds: 600,
      tokenMaxTtlSeconds: 600,
      aliasNameSource: 'serviceaccount_uid',
    });
    const stranger = new VaultOverHttp({
      address: platform.vault.address,
      credentials: {
        kind: 'kubernetes',
        mount: 'kubernetes',
        role: name,
        // Any file will do for a token that Vault cannot accept.
        jwtFile: __filename,
      },
    });
    opened.push(stranger);
    expect(await refusal(stranger.readPolicy('a'))).toMatch(
      new RegExp(
        `^VaultTokenError: Vault \\S+ did not let the portal log in as role "${name}" of kubernetes \\((400|403|500).*\\)\\. Check the role, its ServiceAccount and audience, and meshedService\\.vault\\.kubernetesAuth\\.$`,
      ),
    );
  });
});
