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
 * What is called. `tls` is the application's own, whatever it carries; `bytes` is everything that is neither HTTP nor TLS. gRPC
 * is a POST.
 *
 * @public
 */
export type InboundCall =
  | { kind: 'bytes' | 'tls' }
  | {
      kind: 'http';
      /** 2 is gRPC's, too. Absent: the one that the port speaks. */
      version?: 1 | 2;
      method: string;
      /** With its query. */
      path: string;
      host?: string;
      /** By name in lower case. */
      headers?: ReadonlyMap<string, string>;
    };

export type HttpCall = Extract<InboundCall, { kind: 'http' }>;
