import {
  createPermissionResourceRef,
  createPermissionRule,
} from '@backstage/plugin-permission-node';
import {
  IS_SERVICE_OWNER_RULE,
  MESHED_SERVICE_RESOURCE_TYPE,
  MeshedServiceResource,
} from '@meshway/plugin-meshed-service-common';
import { claimsSchema, OwnerClaims } from './claimsSchema';

/** What permissions of services are decided on. A query is a list of owners. */
export const meshedServiceResourceRef = createPermissionResourceRef<
  MeshedServiceResource,
  { owners: string[] }
>().with({
  pluginId: 'meshed-service',
  resourceType: MESHED_SERVICE_RESOURCE_TYPE,
});

/**
 * Grants when the owner of a service, recorded or requested, is one of the claims.
 *
 * @public
 */
export const isServiceOwner = createPermissionRule<
  typeof meshedServiceResourceRef,
  OwnerClaims
>({
  name: IS_SERVICE_OWNER_RULE,
  description: 'Allows services of certain owners',
  resourceRef: meshedServiceResourceRef,
  paramsSchema: claimsSchema,
  apply: ({ owner }, { claims }) => claims.includes(owner),
  toQuery: ({ claims }) => ({ owners: claims }),
});
