import { readMeshIdentity } from '../../model';
import type { MeshedServiceSpec } from '../../spec';
import type { Count } from '../../traffic';
import { nameClient, nameClients } from '../clients';
import { listed } from '../explain';
import { Check, degraded, Facts, ok } from './Check';

/** Nobody is denied who was declared as a client. That others are is what the policy is for. */
export const declaredClientsAreNotDenied: Check = {
  code: 'MSC044',
  title: 'No declared client is denied',
  restsOn: ['Pod'],
  evaluate(facts) {
    const { spec, observation, traffic } = facts;
    const { settings, pods } = observation;
    if (traffic?.kind !== 'observed') return undefined;
    const denied = traffic.ports.flatMap(({ port, denied: clients }) =>
      clients.map(client => ({ port, client })),
    );
    const declared = denied.filter(
      ({ port, client }) => spec && isDeclared(client, port, spec, facts),
    );
    if (declared.length > 0) {
      const callers = declared.map(
        ({ port, client }) => `${nameClient(client, settings)} at port ${port}`,
      );
      return degraded(`Declared clients were denied: ${callers.join('; ')}.`, {
        evidence: pods.map(({ ref }) => ({ ref })),
        fix: 'Compare the policies of the port with the declared clients; a client that calls without its proxy is denied, too.',
      });
    }
    const others = nameClients(
      denied.map(({ client }) => client),
      settings,
    );
    return ok(
      others.length > 0
        ? `Denied, as nobody declared them: ${listed(others)}.`
        : 'Nobody was denied.',
    );
  },
};

function isDeclared(
  { identity = '' }: Count,
  number: number,
  spec: MeshedServiceSpec,
  { observation: { settings } }: Facts,
): boolean {
  const who = readMeshIdentity(identity, settings);
  const port = spec.ports.find(each => each.port === number);
  if (!who || !port) return false;
  return (port.clients ?? spec.clients).some(
    client =>
      client.namespace === who.namespace &&
      (!('serviceAccount' in client) ||
        client.serviceAccount === who.serviceAccount),
  );
}
