import type { Client, MeshedServiceSpec, ServicePort } from '../spec';

/** @returns who may call a port: its own list where it has one, else the clients of the service. */
export function clientsOf(
  spec: MeshedServiceSpec,
  port: ServicePort,
): readonly Client[] {
  return port.clients ?? spec.clients;
}
