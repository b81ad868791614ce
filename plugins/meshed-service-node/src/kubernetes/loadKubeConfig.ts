import type { KubeConfig } from '@kubernetes/client-node';
import { InputError } from '@backstage/errors';
import { isLoopback } from '../http';
import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { parse } from 'yaml';
import { ClusterAccess } from './ClusterAccess';

/**
 * @returns the configuration of Kubernetes' own client, with the wanted context current.
 * @throws InputError naming the cluster, the file and the way out; never a credential.
 */
export async function loadKubeConfig(
  cluster: string,
  access: ClusterAccess,
): Promise<KubeConfig> {
  const config = new (kubernetesClient().KubeConfig)();
  if (access.kind === 'kubeconfig') await takeFile(config, cluster, access);
  else takeAddress(config, access);
  const target = config.getCurrentCluster();
  if (!target)
    throw new InputError(
      `${placeOf(cluster, access)}: there is no ${
        config.getCurrentContext()
          ? `usable context ${JSON.stringify(config.getCurrentContext())}`
          : 'current context'
      }; name one of ${namesOf(
        config,
      )} in meshedService.clusters[].kubeconfig.context`,
    );
  if (!config.getCurrentUser())
    throw new InputError(
      `${placeOf(cluster, access)}: context ${JSON.stringify(
        config.getCurrentContext(),
      )} names a user that does not stand there; add the user to the file`,
    );
  refuseUnsafe(placeOf(cluster, access), target);
  return config;
}

/**
 * Kubernetes' client takes a second to load, or several on a busy machine: nobody should wait for it who asks no cluster, and
 * it should count against no time limit of those who do.
 */
export function kubernetesClient(): typeof import('@kubernetes/client-node') {
  // Jest has no `import()` for modules that it transforms.
  return require('@kubernetes/client-node');
}

async function takeFile(
  config: KubeConfig,
  cluster: string,
  access: Extract<ClusterAccess, { kind: 'kubeconfig' }>,
): Promise<void> {
  const place = placeOf(cluster, access);
  const text = await readFile(access.file, 'utf8').catch(error => {
    throw new InputError(
      `${place} cannot be read (${
        error?.code ?? 'no reason given'
      }); check the path in meshedService.clusters[].kubeconfig.file`,
    );
  });
  try {
    config.loadFromString(text);
    config.makePathsAbsolute(dirname(access.file));
    takeTokenFiles(config, text, dirname(access.file));
  } catch {
    // The parser's own words may quote the file, credentials and all.
    throw new InputError(
      `${place} is not a kubeconfig; check it with \`kubectl config view --kubeconfig ${access.file}\``,
    );
  }
  if (access.context !== undefined) config.setCurrentContext(access.context);
}

/** kubectl reads a user's `tokenFile` anew whenever it is needed; Kubernetes' JavaScript client does not know it. */
function takeTokenFiles(config: KubeConfig, text: string, folder: string) {
  const written: unknown = parse(text, { logLevel: 'silent' });
  const users = Object(Object(written).users);
  for (const entry of Array.isArray(users) ? users : []) {
    const { name, user } = Object(entry);
    const { tokenFile } = Object(user);
    const known = config.users.findIndex(each => each.name === name);
    if (typeof tokenFile === 'string' && known >= 0)
      config.users[known] = {
        ...config.users[known],
        authProvider: {
          name: 'tokenFile',
          config: { tokenFile: resolve(folder, tokenFile) },
        },
      };
  }
}

function takeAddress(
  config: KubeConfig,
  access: Extract<ClusterAccess, { kind: 'address' }>,
): void {
  config.loadFromClusterAndUser(
    {
      name: 'cluster',
      server: access.url.replace(/\/+$/, ''),
      caData: access.caData,
      caFile: access.caFile,
      skipTLSVerify: false,
    },
    {
      name: 'user',
      ...(access.tokenFile
        ? {
            authProvider: {
              name: 'tokenFile',
              config: { tokenFile: access.tokenFile },
            },
          }
        : { token: access.token?.reveal() }),
    },
  );
}

function refuseUnsafe(
  place: string,
  target: { server: string; skipTLSVerify?: boolean; proxyUrl?: string },
): void {
  const server = URL.canParse(target.server)
    ? new URL(target.server)
    : undefined;
  if (!server || !['https:', 'http:'].includes(server.protocol))
    throw new InputError(
      `${place}: the address of the API server is not an address; write one such as https://eu-1.example.com:6443`,
    );
  if (server.username || server.password)
    throw new InputError(
      `${place}: the address of the API server holds a credential; give it as a token instead`,
    );
  if (server.protocol === 'http:' && !isLoopback(server))
    throw new InputError(
      `${place}: ${server.origin} is plain http, which would show the credentials to everybody on the way; use its https address`,
    );
  if (target.skipTLSVerify && server.protocol === 'https:')
    throw new InputError(
      `${place}: insecure-skip-tls-verify would give the credentials to whoever answers; remove it, and name the certificate authority (certificate-authority-data) instead`,
    );
  if (target.proxyUrl?.startsWith('socks'))
    throw new InputError(
      `${place}: SOCKS proxies are not supported; use an http proxy-url`,
    );
}

function placeOf(cluster: string, access: ClusterAccess): string {
  return access.kind === 'kubeconfig'
    ? `Cluster ${cluster}: ${access.file}`
    : `Cluster ${cluster}`;
}

function namesOf(config: KubeConfig): string {
  const contexts = config.getContexts().map(({ name }) => name);
  return contexts.length > 0
    ? contexts.slice(0, 10).join(', ')
    : 'its contexts (there is none yet)';
}
