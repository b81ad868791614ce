import { randomBytes } from 'node:crypto';
import { answersWell, freePorts } from '../processes';
import type { ApiServer, Manifest } from '../cluster/ApiServer';
import type { VaultState } from '../state';
import type { Boot } from './Boot';
import type { Cluster } from './kubernetes';

const namespace = 'vault';
const reviewer = 'reviewer';
/** Mounts, as the product's own defaults have them. */
const authMount = 'kubernetes';
const kvMount = 'kv';

/** Boots a Vault that lets ServiceAccounts of the cluster log in, and asks the API server who they are. */
export async function bootVault(
  { processes, tool, folder }: Boot,
  { credentials, server }: Cluster,
): Promise<VaultState> {
  const [port] = await freePorts(1);
  const address = `http://127.0.0.1:${port}`;
  const rootToken = randomBytes(24).toString('base64url');
  const vault = vaultAt(address, rootToken);
  await processes.launch({
    name: 'vault',
    command: tool('vault').command,
    args: [
      'server',
      '-dev',
      '-dev-no-store-token',
      `-dev-listen-address=127.0.0.1:${port}`,
    ],
    // The token is not an argument: arguments are for everybody to read.
    env: { VAULT_DEV_ROOT_TOKEN_ID: rootToken, HOME: folder },
    ready: () => answersWell(`${address}/v1/sys/health`),
  });
  const reviewerToken = await createReviewer(server);
  await vault('POST', `sys/mounts/${kvMount}`, {
    type: 'kv',
    options: { version: '2' },
  });
  await vault('POST', `sys/auth/${authMount}`, { type: 'kubernetes' });
  await vault('POST', `auth/${authMount}/config`, {
    kubernetes_host: credentials.url,
    kubernetes_ca_cert: credentials.authority,
    token_reviewer_jwt: reviewerToken,
    disable_local_ca_jwt: true,
  });
  const { data } = (await vault('GET', 'sys/auth')) as {
    data: Record<string, { accessor: string }>;
  };
  return { address, rootToken, accessor: data[`${authMount}/`].accessor };
}

/** The account by which Vault asks the API server whose token it has been given. @returns its token. */
async function createReviewer(server: ApiServer): Promise<string> {
  const objects: Manifest[] = [
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } },
    {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: { name: reviewer, namespace },
    },
    {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRoleBinding',
      metadata: { name: 'vault-reviewer' },
      roleRef: {
        apiGroup: 'rbac.authorization.k8s.io',
        kind: 'ClusterRole',
        name: 'system:auth-delegator',
      },
      subjects: [{ kind: 'ServiceAccount', name: reviewer, namespace }],
    },
  ];
  for (const object of objects) await server.apply(object);
  return server.requestToken(namespace, reviewer);
}

/** @returns a function that asks Vault, and throws where Vault refuses. */
export function vaultAt(address: string, token: string) {
  return async (
    method: string,
    path: string,
    body?: unknown,
  ): Promise<unknown> => {
    const response = await fetch(`${address}/v1/${path}`, {
      method,
      headers: { 'x-vault-token': token },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await response.text();
    if (!response.ok) {
      throw new Error(`Vault: ${method} ${path}: ${response.status} ${text}`);
    }
    return text ? JSON.parse(text) : undefined;
  };
}
