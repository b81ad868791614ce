import type { TestPlatform } from '@meshway/test-platform';
import { Secret } from '../../http';
import { VaultOverHttp } from '../../vault';

/** Asks Vault as anybody would; the product's own client is not tested with itself. */
export function fromVault({ address }: TestPlatform['vault']) {
  return async (
    token: string | undefined,
    method: string,
    path: string,
    body?: object,
  ) => {
    const answer = await fetch(`${address}/v1/${path}`, {
      method,
      headers: token === undefined ? {} : { 'x-vault-token': token },
      body: body && JSON.stringify(body),
    });
    const text = await answer.text();
    return { status: answer.status, body: text ? JSON.parse(text) : undefined };
  };
}

/** @returns a function that asks Vault as its administrator, and throws where Vault refuses. */
export function askVault(vault: TestPlatform['vault']) {
  return async (
    method: 'GET' | 'POST' | 'PUT',
    path: string,
    body?: object,
  ) => {
    const answer = await fromVault(vault)(vault.rootToken, method, path, body);
    if (answer.status < 300) return answer.body;
    throw new Error(`${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
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
