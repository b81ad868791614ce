import { ClusterAccess } from './ClusterAccess';
import { loadKubeConfig } from './loadKubeConfig';

/**
 * Where the requests to a cluster go, and as whom, for people to look at before they agree.
 *
 * @public
 */
export type ClusterTarget = {
  /** Address of the API server. */
  server: string;
  /** Name of the context, where a kubeconfig says it. */
  context?: string;
  /** Name of the user in the kubeconfig. */
  user?: string;
};

/**
 * Reads where a cluster is, and asks it nothing.
 *
 * @throws InputError naming the file, and the contexts that there are; never a credential.
 *
 * @public
 */
export async function readClusterTarget(
  cluster: string,
  access: ClusterAccess,
): Promise<ClusterTarget> {
  const config = await loadKubeConfig(cluster, access);
  const server = config.getCurrentCluster()?.server ?? '';
  if (access.kind === 'address') return { server };
  const user = config.getCurrentUser()?.name;
  return {
    server,
    context: config.getCurrentContext(),
    ...(user ? { user } : {}),
  };
}
