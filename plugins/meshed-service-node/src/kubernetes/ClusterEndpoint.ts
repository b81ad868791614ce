import type { KubeConfig } from '@kubernetes/client-node';
import { Dispatcher } from 'undici';
import type { RequestOptions } from 'node:https';
import { Dispatchers, isLoopback } from '../http';
import { ClusterAccess } from './ClusterAccess';
import { ClusterCredentialsError } from './errors';
import { loadKubeConfig } from './loadKubeConfig';

/** Where a cluster is, and what a request must carry to be let in. */
export type Admission = {
  server: URL;
  headers: Record<string, string>;
  dispatcher: Dispatcher;
};

/**
 * One cluster's address and credentials. Kubernetes' own client reads the kubeconfig, runs its exec plugins and renews
 * its tokens; the connections are ours, because it would open new ones for every request.
 */
export class ClusterEndpoint {
  private readonly dispatchers: Dispatchers;
  private config: Promise<KubeConfig> | undefined;

  constructor(
    readonly cluster: string,
    private readonly access: ClusterAccess,
    connections?: number,
  ) {
    this.dispatchers = new Dispatchers(connections);
  }

  async admission(): Promise<Admission> {
    const config = await this.loaded();
    const target = config.getCurrentCluster();
    const server = new URL(target?.server ?? '');
    // Kubernetes' client asks for this word even where there is no TLS that could be skipped.
    if (target && server.protocol === 'http:' && isLoopback(server))
      config.clusters = config.clusters.map(each =>
        each === target ? { ...each, skipTLSVerify: true } : each,
      );
    const options: RequestOptions = { headers: {} };
    await config.applyToHTTPSOptions(options).catch(() => {
      throw new ClusterCredentialsError(this.credentialsFailed(config));
    });
    return {
      server,
      headers: {
        ...headersOf(options.headers),
        ...(options.auth
          ? {
              authorization: `Basic ${Buffer.from(options.auth).toString(
                'base64',
              )}`,
            }
          : {}),
      },
      dispatcher: this.dispatchers.of(
        {
          ca: bytes(options.ca),
          cert: bytes(options.cert),
          key: bytes(options.key),
          passphrase: options.passphrase,
          servername: options.servername,
        },
        target?.proxyUrl || undefined,
      ),
    };
  }

  /** Reads everything anew at the next request: files and plugins may have better credentials by now. */
  renew(): void {
    this.config = undefined;
  }

  async close(): Promise<void> {
    await this.dispatchers.close();
  }

  private loaded(): Promise<KubeConfig> {
    if (!this.config) {
      const loading = loadKubeConfig(this.cluster, this.access);
      this.config = loading;
      // A file that is put right later is read again.
      loading.catch(() => {
        if (this.config === loading) this.config = undefined;
      });
    }
    return this.config;
  }

  /** The words of plugins and files are left out: they may hold credentials. */
  private credentialsFailed(config: KubeConfig): string {
    const user = config.getCurrentUser();
    const command = user?.exec?.command;
    const tokenFile = user?.authProvider?.config?.tokenFile;
    const cause =
      typeof command === 'string'
        ? `the plugin ${JSON.stringify(
            command,
          )} of its kubeconfig failed; run it by hand to see why`
        : `a file with credentials or certificates cannot be read; check ${
            [tokenFile, user?.certFile, user?.keyFile]
              .concat(config.getCurrentCluster()?.caFile)
              .filter(file => typeof file === 'string')
              .join(', ') || 'its kubeconfig'
          }`;
    return `Cluster ${this.cluster} cannot be asked: ${cause}.`;
  }
}

function headersOf(headers: RequestOptions['headers']): Record<string, string> {
  if (!headers || Array.isArray(headers)) return {};
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name.toLowerCase(), String(value).trim()]],
    ),
  );
}

function bytes(value: unknown): string | Buffer | undefined {
  return typeof value === 'string' || Buffer.isBuffer(value)
    ? value
    : undefined;
}
