import {
  IS_SERVICE_OWNER_RULE,
  MESHED_SERVICE_RESOURCE_TYPE,
} from '@meshway/plugin-meshed-service-common';

/** Who may do something. The platform group may do everything, so it is not named again. */
export type Decision =
  /** Everybody who signed in. */
  | { allow: 'signedIn' }
  /** Only the platform group. */
  | { allow: 'platform' }
  /** Whoever the rule of another plugin finds to be the owner of the resource. */
  | { allow: 'owner'; of: OwnedResource };

/** How the plugin that owns a resource type asks for ownership. */
export type OwnedResource = {
  pluginId: string;
  resourceType: string;
  rule: string;
  params: (user: { entityRef: string; claims: string[] }) => {
    [name: string]: string[];
  };
};

const service: OwnedResource = {
  pluginId: 'meshed-service',
  resourceType: MESHED_SERVICE_RESOURCE_TYPE,
  rule: IS_SERVICE_OWNER_RULE,
  params: ({ claims }) => ({ claims }),
};

const entity: OwnedResource = {
  pluginId: 'catalog',
  resourceType: 'catalog-entity',
  rule: 'IS_ENTITY_OWNER',
  params: ({ claims }) => ({ claims }),
};

const task: OwnedResource = {
  pluginId: 'scaffolder',
  resourceType: 'scaffolder-task',
  rule: 'IS_TASK_OWNER',
  params: ({ entityRef }) => ({ createdBy: [entityRef] }),
};

const signedIn: Decision = { allow: 'signedIn' };
const platform: Decision = { allow: 'platform' };

/** Every decision that does not follow from "everybody reads, the platform group writes". README.md says why. */
const decisions: ReadonlyMap<string, Decision> = new Map<string, Decision>([
  ['meshed-service.create', { allow: 'owner', of: service }],
  ['meshed-service.change', { allow: 'owner', of: service }],
  ['meshed-service.retire', { allow: 'owner', of: service }],

  ['catalog.entity.create', signedIn],
  ['catalog.entity.refresh', signedIn],
  ['catalog.entity.validate', signedIn],
  ['catalog.entity.delete', { allow: 'owner', of: entity }],

  ['scaffolder.task.create', signedIn],
  ['scaffolder.action.execute', signedIn],
  ['scaffolder.task.read', { allow: 'owner', of: task }],
  ['scaffolder.task.cancel', { allow: 'owner', of: task }],
]);

/** @returns who may use a permission, known to the table or not. */
export function decisionFor(permission: {
  name: string;
  attributes: { action?: string };
}): Decision {
  const known = decisions.get(permission.name);
  if (known) return known;
  return permission.attributes.action === 'read' ? signedIn : platform;
}
