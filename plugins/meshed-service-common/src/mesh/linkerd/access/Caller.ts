/**
 * Who calls, as the proxy in front of the called workload sees it.
 *
 * @public
 */
export type Caller = {
  /** Where the connection comes from. */
  address: string;
  /** `mesh`: in TLS between proxies. Whatever else is plaintext to the mesh, an application's own TLS, too. */
  transport: 'mesh' | 'plaintext';
  /** What it shows over `mesh`: a name, or a SPIFFE URI. A proxy without a certificate shows none. */
  identity?: string;
};

/**
 * What is called. Anything but HTTP is `bytes`, an application's own TLS, too. gRPC is a POST.
 *
 * @public
 */
export type InboundCall =
  | { kind: 'bytes' }
  | {
      kind: 'http';
      method: string;
      /** With its query. */
      path: string;
      host?: string;
      /** By name in lower case. */
      headers?: ReadonlyMap<string, string>;
    };
