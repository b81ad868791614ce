import type { TestPlatform } from '@meshway/test-platform';
import { createSign } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** @returns a token of an account, signed by the cluster itself, that was good until a minute ago. */
export async function anExpiredToken(
  { kubernetes }: TestPlatform,
  account: string,
): Promise<string> {
  const good = await kubernetes.server.requestToken('meshway', account);
  const [header, payload] = good.split('.');
  const now = Math.floor(Date.now() / 1000);
  const claims = {
    ...JSON.parse(Buffer.from(payload, 'base64url').toString()),
    iat: now - 3600,
    nbf: now - 3600,
    exp: now - 60,
  };
  const signed = `${header}.${Buffer.from(JSON.stringify(claims)).toString(
    'base64url',
  )}`;
  const key = readFileSync(join(dirname(kubernetes.caFile), 'sa.key'));
  const signature = createSign('sha256').update(signed).sign(key, 'base64url');
  return `${signed}.${signature}`;
}
