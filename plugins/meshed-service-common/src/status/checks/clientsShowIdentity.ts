import { listed } from '../explain';
import { Check, degraded, ok } from './Check';

/** Whoever comes in TLS of the mesh shows an identity. Without one it is encrypted, and nobody knows who it is. */
export const clientsShowIdentity: Check = {
  code: 'MSC042',
  title: 'Clients in mesh TLS show an identity',
  restsOn: ['Pod'],
  evaluate({ observation: { pods }, traffic }) {
    if (traffic?.kind !== 'observed') return undefined;
    const ports = traffic.ports
      .filter(({ admitted }) =>
        admitted.some(({ transport }) => transport === 'withoutIdentity'),
      )
      .map(({ port }) => String(port));
    if (ports.length === 0)
      return ok('Every client in mesh TLS showed its identity.');
    return degraded(
      `Clients in TLS showed no identity: to port ${listed(ports)}.`,
      {
        evidence: pods.map(({ ref }) => ({ ref })),
        fix: 'Proxies without a certificate called: look at the identity service, and at proxies that are not ready.',
      },
    );
  },
};
