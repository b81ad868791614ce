import type { PermissionsRegistryService } from '@backstage/backend-plugin-api';
import {
  meshedServicePermissions,
  MeshedServiceResource,
  parseResourceRef,
  parseServiceRef,
} from '@meshway/plugin-meshed-service-common';
import type { Registry } from '@meshway/plugin-meshed-service-node';
import { isServiceOwner, meshedServiceResourceRef } from './isServiceOwner';

/** Tells the permission system what can be permitted here, and who owns what. */
export function registerPermissions(
  permissions: PermissionsRegistryService,
  registry: Pick<Registry, 'readClaim'>,
): void {
  permissions.addResourceType({
    resourceRef: meshedServiceResourceRef,
    permissions: meshedServicePermissions,
    rules: [isServiceOwner],
    getResources: refs =>
      Promise.all(refs.map(ref => resourceAt(ref, registry))),
  });
}

async function resourceAt(
  ref: string,
  registry: Pick<Registry, 'readClaim'>,
): Promise<MeshedServiceResource | undefined> {
  const parsed = parseResourceRef(ref);
  if (!parsed) return undefined;
  if ('owner' in parsed) return parsed;
  const service = parseServiceRef(parsed.service);
  const claim = service && (await registry.readClaim(service));
  return claim && { owner: claim.owner };
}
