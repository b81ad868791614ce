import { InputError } from '@backstage/errors';
import type { KubeConfig } from '@kubernetes/client-node';
import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { parse } from 'yaml';
import { ClusterAccess } from './ClusterAccess';
import { kubernetesClient } from './kubernetesClient';

type InFiles = Extract<ClusterAccess, { kind: 'kubeconfig' }>;

/** @returns the files of a kubeconfig, the first one first. */
export function filesOf({ file, mergedWith = [] }: InFiles): string[] {
  return [file, ...mergedWith];
}

/**
 * Merges the files as kubectl does: of each name, and of the current context, the first one counts.
 *
 * @throws InputError naming cluster and file, without a word of what stands in it.
 */
export async function readFiles(
  cluster: string,
  access: InFiles,
): Promise<KubeConfig> {
  const [config, ...others] = await Promise.all(
    filesOf(access).map(file => readOne(cluster, file)),
  );
  for (const { clusters, users, contexts, currentContext } of others) {
    config.clusters = withNew(config.clusters, clusters);
    config.users = withNew(config.users, users);
    config.contexts = withNew(config.contexts, contexts);
    config.currentContext ||= currentContext;
  }
  if (access.context !== undefined) config.setCurrentContext(access.context);
  return config;
}

async function readOne(cluster: string, file: string): Promise<KubeConfig> {
  const place = `Cluster ${cluster}: ${file}`;
  const text = await readFile(file, 'utf8').catch(error => {
    throw new InputError(
      `${place} cannot be read (${
        error?.code ?? 'no reason given'
      }); check the path in meshedService.clusters[].kubeconfig.file`,
    );
  });
  const config = new (kubernetesClient().KubeConfig)();
  try {
    config.loadFromString(text);
    config.makePathsAbsolute(dirname(file));
    takeTokenFiles(config, text, dirname(file));
  } catch {
    // The parser's own words may quote the file, credentials and all.
    throw new InputError(
      `${place} is not a kubeconfig; check it with \`kubectl config view --kubeconfig ${file}\``,
    );
  }
  return config;
}

function withNew<Named extends { name: string }>(
  known: readonly Named[],
  more: readonly Named[],
): Named[] {
  return [
    ...known,
    ...more.filter(({ name }) => !known.some(each => each.name === name)),
  ];
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
