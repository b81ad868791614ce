import type { TestPlatform } from '@meshway/test-platform';
import { Secret } from '../../http';
import { VaultOverHttp } from '../../vault';

/** @returns a function that asks Vault as its administrator, and throws where Vault refuses. */
export function askVault({ address, rootToken }: TestPlatform['vault']) {
  return async (
    method: 'GET' | 'POST' | 'PUT',
    path: string,
    body?: object,
  ) => {
    const answer = await fetch(`${address}/v1/${path}`, {
      method,
      headers: { 'x-vault-token': rootToken },
      body: body && JSON.stringify(body),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${text}`);
    return text === '' ? undefined : JSON.parse(text);
  };
}

/** Closes a Vault: nobody is answered until somebody opens it with the key. */
export async function seal({ vault }: TestPlatform): Promise<void> {
  await askVault(vault)('PUT', 'sys/seal');
}

/** Opens a Vault, and waits until it answers. */
export async function unseal({ vault }: TestPlatform): Promise<void> {
  const ask = askVault(vault);
  await ask('PUT', 'sys/unseal', { key: vault.unsealKey });
  while (
    !(await ask('GET', 'sys/health').then(
      () => true,
      () => false,
    ))
  )
    await new Promise(resolve => setTimeout(resolve, 50));
}

/** Vault as its administrator sees it. */
export function administratorOfVault({ vault }: TestPlatform): VaultOverHttp {
  const { address, rootToken } = vault;
  return new VaultOverHttp({
    address,
    credentials: { kind: 'token', token: new Secret(rootToken) },
  });
}
