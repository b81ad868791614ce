import { Dispatcher, EnvHttpProxyAgent, ProxyAgent } from 'undici';
import { createHash } from 'node:crypto';

/** What a connection needs to know of certificates. */
export type TlsSettings = {
  ca?: string | Buffer;
  cert?: string | Buffer;
  key?: string | Buffer;
  passphrase?: string;
  servername?: string;
};

const CONNECTIONS = 32;

/**
 * Keeps one pool of connections per set of certificates: they change when somebody renews them, and seldom else. Where no
 * proxy is named, HTTPS_PROXY, HTTP_PROXY and NO_PROXY of the environment count, as they do for kubectl and vault.
 */
export class Dispatchers {
  private current: { fingerprint: string; dispatcher: Dispatcher } | undefined;

  /** @param connections - to one server at once; whatever is asked beyond them waits. */
  constructor(private readonly connections: number = CONNECTIONS) {}

  of(tls: TlsSettings, proxy?: string): Dispatcher {
    const fingerprint = fingerprintOf(tls, proxy);
    if (this.current?.fingerprint === fingerprint)
      return this.current.dispatcher;
    // Requests that are under way finish on the old one.
    void this.current?.dispatcher.close();
    const given = definedOf(tls);
    const dispatcher = proxy
      ? new ProxyAgent({ uri: proxy, requestTls: given })
      : new EnvHttpProxyAgent({
          connections: this.connections,
          allowH2: false,
          connect: { ...given, keepAlive: true, keepAliveInitialDelay: 30_000 },
          requestTls: given,
          noProxy: withoutProxy(),
        });
    this.current = { fingerprint, dispatcher };
    return dispatcher;
  }

  async close(): Promise<void> {
    const { current } = this;
    this.current = undefined;
    await current?.dispatcher.close();
  }
}

function fingerprintOf(tls: TlsSettings, proxy?: string): string {
  const hash = createHash('sha256');
  for (const part of [
    tls.ca,
    tls.cert,
    tls.key,
    tls.passphrase,
    tls.servername,
    proxy,
  ])
    hash.update(part ?? '').update('\0');
  return hash.digest('hex');
}

/** What is on the machine itself is never asked for through a proxy, whatever NO_PROXY says. */
function withoutProxy(): string {
  const { no_proxy: lower, NO_PROXY: upper } = process.env;
  return ['localhost', '127.0.0.1', '[::1]', lower ?? upper ?? ''].join(',');
}

function definedOf(tls: TlsSettings): TlsSettings {
  return Object.fromEntries(
    Object.entries(tls).filter(([, value]) => value !== undefined),
  );
}
