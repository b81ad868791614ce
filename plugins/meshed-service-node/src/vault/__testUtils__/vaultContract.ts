import { KubernetesAuthRole, Vault, VaultMountError } from '..';

/** What the contract needs beside the port: a Kubernetes auth mount, and names of its own. */
export type VaultContractSetting = {
  vault(): Vault;
  mount: string;
  /** A name that no other test has. */
  newName(): string;
};

/** What every implementation of the port does. */
export function vaultContract({ vault, mount, newName }: VaultContractSetting) {
  const aRole = (
    change: Partial<KubernetesAuthRole> = {},
  ): KubernetesAuthRole => ({
    boundServiceAccountNames: ['pay'],
    boundServiceAccountNamespaces: ['payments'],
    audience: 'vault',
    tokenPolicies: ['meshway.eu-1'],
    tokenTtlSeconds: 600,
    tokenMaxTtlSeconds: 3600,
    aliasNameSource: 'serviceaccount_uid',
    ...change,
  });

  it('tells how it is without a login', async () => {
    expect(await vault().health()).toEqual({
      initialized: true,
      sealed: false,
      standby: false,
      version: expect.stringMatching(/^\d+\.\d+\.\d+/),
    });
  });

  it('gives a role back as it was written', async () => {
    const name = newName();
    expect(await vault().readRole(mount, name)).toBeUndefined();
    await vault().writeRole(mount, name, aRole());
    await vault().writeRole(mount, name, aRole());
    expect(await vault().readRole(mount, name)).toEqual(aRole());
  });

  it('sorts lists, whoever wrote them', async () => {
    const name = newName();
    const tokenPolicies = ['z', 'a', 'z'];
    await vault().writeRole(mount, name, aRole({ tokenPolicies }));
    expect((await vault().readRole(mount, name))?.tokenPolicies).toEqual([
      'a',
      'z',
    ]);
  });

  it('changes a role as a whole', async () => {
    const name = newName();
    await vault().writeRole(mount, name, aRole());
    const changed = aRole({
      boundServiceAccountNames: ['other'],
      tokenTtlSeconds: 60,
      aliasNameSource: 'serviceaccount_name',
    });
    await vault().writeRole(mount, name, changed);
    expect(await vault().readRole(mount, name)).toEqual(changed);
  });

  it('deletes a role, and one that is gone as well', async () => {
    const name = newName();
    await vault().writeRole(mount, name, aRole());
    await vault().deleteRole(mount, name);
    await vault().deleteRole(mount, name);
    expect(await vault().readRole(mount, name)).toBeUndefined();
  });

  it('knows a mount that is none from a role that is absent', async () => {
    const absent = vault().readRole('nowhere', newName());
    await expect(absent).rejects.toThrow(VaultMountError);
    const written = vault().writeRole('nowhere', newName(), aRole());
    await expect(written).rejects.toThrow(VaultMountError);
  });

  it('keeps a policy', async () => {
    const name = newName();
    const hcl = 'path "kv/data/a" {\n  capabilities = ["read"]\n}\n';
    expect(await vault().readPolicy(name)).toBeUndefined();
    await vault().writePolicy(name, hcl);
    expect(await vault().readPolicy(name)).toBe(hcl);
    await vault().deletePolicy(name);
    await vault().deletePolicy(name);
    expect(await vault().readPolicy(name)).toBeUndefined();
  });
}
