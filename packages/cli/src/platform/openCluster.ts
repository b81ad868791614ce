import { NotAllowedError } from '@backstage/errors';
import { ClusterSummary } from '@meshway/plugin-meshed-service-common';
import {
  ClusterAccess,
  ClusterTarget,
  HttpSender,
  KubernetesOverHttp,
  readClusterTarget,
  RequestLimits,
} from '@meshway/plugin-meshed-service-node';
import { clusterAccess } from './clusterAccess';

/** Options of every command that reads a cluster and nothing else. */
export type ClusterOptions = { kubeconfig?: string; context?: string };

/** A cluster that has answered. */
export type OpenCluster = {
  access: ClusterAccess;
  /** Where requests go, for people. */
  target: ClusterTarget & { cluster: string };
};

/**
 * Chooses the cluster that options and environment name, and asks it who it is, so that whatever keeps it from answering is said
 * once, and not for every kind.
 *
 * @throws UnreadableError, InputError or ServiceUnavailableError with the way out.
 */
export async function openCluster(
  cluster: string,
  options: ClusterOptions,
  timeouts: RequestLimits,
  signal: AbortSignal,
): Promise<OpenCluster> {
  const access = clusterAccess(options, process.env);
  const target = await readClusterTarget(cluster, access);
  const kubernetes = new KubernetesOverHttp(
    cluster,
    access,
    new HttpSender(timeouts),
  );
  try {
    await kubernetes.version({ signal });
  } finally {
    await kubernetes.close();
  }
  return { access, target: { ...target, cluster } };
}

/** @throws NotAllowedError when not a single kind may be read: then there is nothing to say. */
export function refuseUnlessAnythingIsSeen(
  { name, sources }: Pick<ClusterSummary, 'name' | 'sources'>,
  namespace: string | undefined,
): void {
  const installed = sources.filter(
    ({ freshness }) => freshness !== 'notInstalled',
  );
  if (installed.some(({ freshness }) => freshness !== 'forbidden')) return;
  const said = installed[0]?.message ?? 'no kind may be read';
  throw new NotAllowedError(
    `Nothing may be read in ${
      namespace === undefined ? 'all namespaces' : `namespace ${namespace}`
    } of cluster ${name}: ${said}. ${
      namespace === undefined
        ? 'Where you have rights in one namespace, name it with --namespace; else choose another --context.'
        : 'Name a namespace that you may read, or choose another --context.'
    }`,
  );
}
