import type { Server } from '../mesh';
import type { Observation } from './Observation';

/** @returns the Servers that were made for a service, whatever they select. */
export function serversOfService({
  service,
  index,
}: Observation): readonly Server[] {
  return index.policies.servers.filter(
    server => server.service === service.name,
  );
}
