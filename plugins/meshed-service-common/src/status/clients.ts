import type { ClusterSettings } from '../mesh';
import type { SeenClient, PortTraffic } from '../traffic';
import { nameIdentity } from './explain';

/**
 * @returns what people call a client: by its ServiceAccount where it has an identity.
 *
 * @public
 */
export function nameClient(
  { transport, identity }: SeenClient,
  settings: ClusterSettings,
): string {
  switch (transport) {
    case 'secured':
      return identity ? nameIdentity(identity, settings) : 'meshed clients';
    case 'withoutIdentity':
      return 'proxies without a certificate';
    case 'passedThrough':
      return "clients outside the mesh with the application's own TLS";
    case 'plaintextOrTls':
      return 'clients outside the mesh (in plaintext or with their own TLS)';
    default:
      return 'clients in plaintext';
  }
}

/** @returns the names of some clients, each once, in order. */
export function nameClients(
  clients: readonly SeenClient[],
  settings: ClusterSettings,
): string[] {
  return [...new Set(clients.map(each => nameClient(each, settings)))].sort();
}

/** @returns whether a client came in plaintext, as far as anybody can tell. */
export function isPlaintext({ transport }: SeenClient): boolean {
  return transport === 'plaintext' || transport === 'plaintextOrTls';
}

/** @returns the plaintext that one port let in, for people: who, where, and by leave of what. */
export function plaintextInto(
  { port, admitted }: PortTraffic,
  settings: ClusterSettings,
): string[] {
  return admitted.filter(isPlaintext).map(client => {
    const leave =
      client.by.length > 0 ? `, by leave of ${client.by.join(', ')}` : '';
    return `${nameClient(client, settings)}, to port ${port}${leave}`;
  });
}
