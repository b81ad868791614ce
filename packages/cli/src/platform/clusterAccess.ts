import type { ClusterAccess } from '@meshway/plugin-meshed-service-node';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { parse } from 'yaml';
import { UnreadableError } from '../UnreadableError';

const ACCOUNT = '/var/run/secrets/kubernetes.io/serviceaccount';

/**
 * Chooses as kubectl does: `--kubeconfig`, else the files of KUBECONFIG, else `~/.kube/config`, else the account of the pod
 * that this runs in. Of several files, the first that has the context is taken whole; they are not merged.
 *
 * @throws UnreadableError with the way out.
 */
export async function clusterAccess(
  { kubeconfig, context }: { kubeconfig?: string; context?: string },
  env: NodeJS.ProcessEnv,
): Promise<ClusterAccess> {
  if (kubeconfig !== undefined) return inFile(kubeconfig, context);
  const named = (env.KUBECONFIG ?? '').split(path.delimiter).filter(Boolean);
  const files = named.filter(file => existsSync(file));
  if (files.length > 1)
    return inFile(await firstWith(files, context, named), context);
  if (named.length > 0) return inFile(files[0] ?? named[0], context);
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

function inFile(file: string, context: string | undefined): ClusterAccess {
  return {
    kind: 'kubeconfig',
    file: path.resolve(file),
    ...(context === undefined ? {} : { context }),
  };
}

async function firstWith(
  files: readonly string[],
  context: string | undefined,
  named: readonly string[],
): Promise<string> {
  const seen: string[] = [];
  for (const file of files) {
    const { contexts, 'current-context': current } = Object(
      await contentOf(file),
    );
    const all: string[] = (Array.isArray(contexts) ? contexts : [])
      .map(each => Object(each).name)
      .filter(name => typeof name === 'string');
    seen.push(...all);
    if (context === undefined ? current : all.includes(context)) return file;
  }
  throw new UnreadableError(
    context === undefined
      ? `KUBECONFIG: none of ${named.join(
          ', ',
        )} has a current context; name one of ${listed(seen)} with --context`
      : `KUBECONFIG: none of ${named.join(', ')} has a context ${JSON.stringify(
          context.slice(0, 80),
        )}; name one of ${listed(seen)} with --context`,
  );
}

/** A file that cannot be understood has no contexts; whoever reads it in earnest says why. */
async function contentOf(file: string): Promise<unknown> {
  try {
    return parse(await readFile(file, 'utf8'), { logLevel: 'silent' });
  } catch {
    return undefined;
  }
}

function listed(contexts: readonly string[]): string {
  return contexts.length > 0
    ? contexts.slice(0, 10).join(', ')
    : 'their contexts (there is none)';
}
