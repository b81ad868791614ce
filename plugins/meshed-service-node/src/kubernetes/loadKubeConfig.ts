import type { KubeConfig } from '@kubernetes/client-node';
import { InputError } from '@backstage/errors';
import { isLoopback } from '../http';
import { ClusterAccess } from './ClusterAccess';
import { filesOf, readFiles } from './kubeconfigFiles';
import { kubernetesClient } from './kubernetesClient';

/**
 * @returns the configuration of Kubernetes' own client, with the wanted context current.
 * @throws InputError naming the cluster, the file and the way out; never a credential.
 */
export async function loadKubeConfig(
  cluster: string,
  access: ClusterAccess,
): Promise<KubeConfig> {
  const config =
    access.kind === 'kubeconfig'
      ? await readFiles(cluster, access)
      : addressed(access);
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

function addressed(
  access: Extract<ClusterAccess, { kind: 'address' }>,
): KubeConfig {
  const config = new (kubernetesClient().KubeConfig)();
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
  return config;
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
    ? `Cluster ${cluster}: ${filesOf(access).join(', ')}`
    : `Cluster ${cluster}`;
}

function namesOf(config: KubeConfig): string {
  const contexts = config.getContexts().map(({ name }) => name);
  return contexts.length > 0
    ? contexts.slice(0, 10).join(', ')
    : 'its contexts (there is none yet)';
}
