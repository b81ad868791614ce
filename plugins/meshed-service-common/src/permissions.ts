import { createPermission } from '@backstage/plugin-permission-common';

/** Resource type of every permission below: a service, or the place where one shall be. @public */
export const MESHED_SERVICE_RESOURCE_TYPE = 'meshed-service';

/**
 * What a permission decision is about. Resource refs are made by `createResourceRef` and `serviceResourceRef`.
 *
 * @public
 */
export type MeshedServiceResource = {
  /** Full entity reference of the owner: requested (create) or recorded in the claim. */
  owner: string;
};

/** Asks for a service. Decided on the requested owner. @public */
export const meshedServiceCreatePermission = createPermission({
  name: 'meshed-service.create',
  attributes: { action: 'create' },
  resourceType: MESHED_SERVICE_RESOURCE_TYPE,
});

/** Changes a service that exists. Decided on its recorded owner. @public */
export const meshedServiceChangePermission = createPermission({
  name: 'meshed-service.change',
  attributes: { action: 'update' },
  resourceType: MESHED_SERVICE_RESOURCE_TYPE,
});

/** Retires a service. Decided on its recorded owner. @public */
export const meshedServiceRetirePermission = createPermission({
  name: 'meshed-service.retire',
  attributes: { action: 'delete' },
  resourceType: MESHED_SERVICE_RESOURCE_TYPE,
});

/** Sees a service and its status. @public */
export const meshedServiceReadPermission = createPermission({
  name: 'meshed-service.read',
  attributes: { action: 'read' },
  resourceType: MESHED_SERVICE_RESOURCE_TYPE,
});

/** All of them, as the backend plugin registers them. @public */
export const meshedServicePermissions = [
  meshedServiceCreatePermission,
  meshedServiceChangePermission,
  meshedServiceRetirePermission,
  meshedServiceReadPermission,
];

/** Name of the rule by which a policy grants by ownership; implemented by the backend plugin. @public */
export const IS_SERVICE_OWNER_RULE = 'IS_SERVICE_OWNER';

/** Resource ref for a service that does not exist yet. @public */
export const createResourceRef = (owner: string) => `owner:${owner}`;
/** Resource ref for a service that exists, from `formatServiceRef`. @public */
export const serviceResourceRef = (service: string) => `service:${service}`;

/** @returns what a resource ref points at, or undefined when it is malformed. @public */
export function parseResourceRef(
  ref: string,
): { owner: string } | { service: string } | undefined {
  const [, kind, value] = /^(owner|service):(.+)$/.exec(ref) ?? [];
  if (!value) return undefined;
  return kind === 'owner' ? { owner: value } : { service: value };
}
