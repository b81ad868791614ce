import {
  kinds,
  names,
  ServiceRef,
} from '@meshway/plugin-meshed-service-common';
import { ProvisioningParts } from './context';
import { isOurs, recordOf } from './ownership';

/** @returns the owner that the namespace records for a service, or, before there is a record, the registry. */
export async function readOwner(
  service: ServiceRef,
  parts: ProvisioningParts,
  options: { signal?: AbortSignal } = {},
): Promise<string | undefined> {
  const namespace = await parts
    .cluster(service.cluster)
    .kubernetes.read(
      { ...kinds.Namespace, name: names.namespace(service) },
      options,
    );
  if (namespace) {
    const { owner } = recordOf(namespace);
    if (owner !== undefined && isOurs(namespace, { service, owner }))
      return owner;
  }
  return (await parts.publishing?.registry.readClaim(service))?.owner;
}
