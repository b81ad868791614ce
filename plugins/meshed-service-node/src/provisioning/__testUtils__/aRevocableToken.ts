import { ApiServer, type TestPlatform } from '@meshway/test-platform';
import { readFileSync } from 'node:fs';
import { systemClock } from '../../http';

/**
 * @returns a token of an account that is good until it is revoked, which is done once the server refuses it: an API server
 *   remembers for some seconds whom it has let in.
 */
export async function aRevocableToken(
  { kubernetes: { server, url, caFile } }: TestPlatform,
  account: string,
): Promise<{ token: string; revoke: () => Promise<void> }> {
  const namespace = '/api/v1/namespaces/meshway';
  const create = async <Made>(path: string, object: object) =>
    (await server.send('POST', path, object)).body as Made;
  const made = await create<{ metadata: { name: string; uid: string } }>(
    `${namespace}/secrets`,
    {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { generateName: 'session-' },
    },
  );
  const { name, uid } = made.metadata;
  const {
    status: { token },
  } = await create<{ status: { token: string } }>(
    `${namespace}/serviceaccounts/${account}/token`,
    {
      apiVersion: 'authentication.k8s.io/v1',
      kind: 'TokenRequest',
      spec: {
        boundObjectRef: { apiVersion: 'v1', kind: 'Secret', name, uid },
      },
    },
  );
  const holder = new ApiServer(url, readFileSync(caFile, 'utf8'), token);
  const isGood = async () => (await holder.send('GET', '/api')).status !== 401;
  return {
    token,
    revoke: async () => {
      await server.send('DELETE', `${namespace}/secrets/${name}`);
      while (await isGood()) await systemClock.sleep(500);
    },
  };
}
