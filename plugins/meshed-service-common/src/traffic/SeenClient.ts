/**
 * How a client came in, as the proxy of the server saw it.
 *
 * `secured` is the only proof of mTLS. `withoutIdentity`: TLS between proxies, of which the client's had no certificate.
 * `passedThrough`: the application's own TLS, of which the mesh authenticated nothing. `plaintextOrTls`: an opaque port, of
 * whose bytes nobody reads what they are.
 *
 * @public
 */
export const transports = [
  'secured',
  'withoutIdentity',
  'passedThrough',
  'plaintextOrTls',
  'plaintext',
] as const;
/**
 * How a client came in.
 *
 * @public
 */
export type Transport = (typeof transports)[number];

/**
 * Who came in: by identity where there is one. The metrics name nobody else.
 *
 * @public
 */
export type SeenClient = { transport: Transport; identity?: string };

/** @returns who came in, from the labels of an inbound series. What no proxy of today writes is never taken for secured. */
export function clientOf(labels: Readonly<Record<string, string>>): SeenClient {
  // An absent label and an empty one are the same to Prometheus.
  if (labels.tls === 'true')
    return labels.client_id
      ? { transport: 'secured', identity: labels.client_id }
      : { transport: 'withoutIdentity' };
  if (labels.tls === 'opaque') return { transport: 'passedThrough' };
  return labels.no_tls_reason === 'port_skipped'
    ? { transport: 'plaintextOrTls' }
    : { transport: 'plaintext' };
}

/** @returns a text that two clients share only when they are the same. */
export function keyOf({ transport, identity = '' }: SeenClient): string {
  return `${transport} ${identity}`;
}

/** Secured first, then by identity. */
export function compareClients(a: SeenClient, b: SeenClient): number {
  const byTransport =
    transports.indexOf(a.transport) - transports.indexOf(b.transport);
  if (byTransport !== 0) return byTransport;
  return (a.identity ?? '') < (b.identity ?? '') ? -1 : 1;
}
