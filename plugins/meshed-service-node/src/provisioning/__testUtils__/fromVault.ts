import type { TestPlatform } from '@meshway/test-platform';

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
