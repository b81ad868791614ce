import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { answersWell, freePorts } from '../processes';
import type { ApiServer, Manifest } from '../cluster/ApiServer';
import { repository } from '../tools';
import type { VaultState } from '../state';
import type { Boot } from './Boot';
import type { Cluster } from './kubernetes';

const namespace = 'vault';
const reviewer = 'reviewer';
/** Mounts, as the product's own defaults have them. */
const authMount = 'kubernetes';
const kvMount = 'kv';
/** The portal's name of this cluster. */
const cluster = 'local';
const portalPolicy = `meshway-portal.${cluster}`;

/**
 * Boots a Vault that lets ServiceAccounts of the cluster log in, and asks the API server who they are. It is no Vault for
 * developers: it keeps what it has in files, is sealed until somebody unseals it, and can be sealed again.
 */
export async function bootVault(
  { processes, tool, folder }: Boot,
  { credentials, server }: Cluster,
): Promise<VaultState> {
  const [port] = await freePorts(1);
  const address = `http://127.0.0.1:${port}`;
  const configuration = path.join(folder, 'vault.json');
  writeFileSync(
    configuration,
    JSON.stringify({
      storage: { file: { path: path.join(folder, 'vault') } },
      listener: { tcp: { address: `127.0.0.1:${port}`, tls_disable: true } },
      api_addr: address,
      disable_mlock: true,
    }),
    { mode: 0o600 },
  );
  await processes.launch({
    name: 'vault',
    command: tool('vault').command,
    args: ['server', `-config=${configuration}`],
    env: { HOME: folder },
    // It answers at once, and tells whoever asks that it is not open yet.
    ready: () =>
      answersWell(`${address}/v1/sys/health?uninitcode=200&sealedcode=200`),
  });
  const { rootToken, unsealKey } = await initialize(address);
  const vault = vaultAt(address, rootToken);
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
  const { accessor } = data[`${authMount}/`];
  return {
    address,
    rootToken,
    unsealKey,
    accessor,
    ...(await writePolicies(vault, accessor)),
  };
}

/** Gives a new Vault its one key, and opens it. */
async function initialize(
  address: string,
): Promise<{ rootToken: string; unsealKey: string }> {
  const ask = vaultAt(address, '');
  const made = (await ask('PUT', 'sys/init', {
    secret_shares: 1,
    secret_threshold: 1,
  })) as { keys: string[]; root_token: string };
  const [unsealKey] = made.keys;
  await ask('PUT', 'sys/unseal', { key: unsealKey });
  // Unsealed it still needs a moment until it is active.
  while (!(await answersWell(`${address}/v1/sys/health`)))
    await new Promise(resolve => setTimeout(resolve, 50));
  return { rootToken: made.root_token, unsealKey };
}

/**
 * Writes the product's own policies, filled in for this platform: what every service may read, and what the portal may.
 *
 * @returns a token that may what the portal may.
 */
async function writePolicies(
  vault: ReturnType<typeof vaultAt>,
  accessor: string,
): Promise<{ portalToken: string }> {
  const settings = { CLUSTER: cluster, ACCESSOR: accessor, AUDIENCE: 'vault' };
  const policies = {
    [`meshway.${cluster}`]: 'service.hcl',
    [portalPolicy]: 'portal.hcl',
  };
  for (const [name, file] of Object.entries(policies)) {
    const text = readFileSync(
      path.join(repository, 'infra', 'vault', file),
      'utf8',
    );
    const policy = Object.entries(settings).reduce(
      (filled, [word, value]) => filled.replaceAll(word, value),
      text,
    );
    await vault('PUT', `sys/policies/acl/${name}`, { policy });
  }
  const { auth } = (await vault('POST', 'auth/token/create', {
    policies: [portalPolicy],
    no_default_policy: true,
    no_parent: true,
  })) as { auth: { client_token: string } };
  return { portalToken: auth.client_token };
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
    resource: string,
    body?: unknown,
  ): Promise<unknown> => {
    const response = await fetch(`${address}/v1/${resource}`, {
      method,
      headers: { 'x-vault-token': token },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await response.text();
    if (!response.ok) {
      throw new Error(
        `Vault: ${method} ${resource}: ${response.status} ${text}`,
      );
    }
    return text ? JSON.parse(text) : undefined;
  };
}
