import type { ClusterAccess } from '@meshway/plugin-meshed-service-node';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { UnreadableError } from '../UnreadableError';

const ACCOUNT = '/var/run/secrets/kubernetes.io/serviceaccount';

/**
 * Chooses as kubectl does: `--kubeconfig`, else the files of KUBECONFIG, else `~/.kube/config`, else the account of the pod
 * that this runs in. Several files are merged, and those that do not exist are passed over.
 *
 * @throws UnreadableError with the way out.
 */
export function clusterAccess(
  { kubeconfig, context }: { kubeconfig?: string; context?: string },
  env: NodeJS.ProcessEnv,
): ClusterAccess {
  if (kubeconfig !== undefined) return inFile(kubeconfig, context);
  const named = (env.KUBECONFIG ?? '').split(path.delimiter).filter(Boolean);
  const files = named.filter(file => existsSync(file));
  if (named.length > 0) {
    const [first = named[0], ...others] = files;
    return inFile(first, context, others);
  }
  const usual = path.join(homedir(), '.kube', 'config');
  if (existsSync(usual)) return inFile(usual, context);
  const { KUBERNETES_SERVICE_HOST: host, KUBERNETES_SERVICE_PORT: port } = env;
  if (context === undefined && host && existsSync(`${ACCOUNT}/token`))
    return {
      kind: 'address',
      url: `https://${host.includes(':') ? `[${host}]` : host}:${port ?? 443}`,
      caFile: `${ACCOUNT}/ca.crt`,
      tokenFile: `${ACCOUNT}/token`,
    };
  throw new UnreadableError(
    `No kubeconfig: ${usual} does not exist, and KUBECONFIG is not set. Name one with --kubeconfig.`,
  );
}

function inFile(
  file: string,
  context: string | undefined,
  others: readonly string[] = [],
): ClusterAccess {
  return {
    kind: 'kubeconfig',
    file: path.resolve(file),
    mergedWith: others.map(other => path.resolve(other)),
    ...(context === undefined ? {} : { context }),
  };
}
