import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { catalogPermissions } from '@backstage/plugin-catalog-common/alpha';
import {
  createPermission,
  Permission,
} from '@backstage/plugin-permission-common';
import { scaffolderPermissions } from '@backstage/plugin-scaffolder-common/alpha';
import { meshedServicePermissions } from '@meshway/plugin-meshed-service-common';
import { MeshedServicePolicy } from './MeshedServicePolicy';

const guest = { ref: 'user:default/guest', team: 'group:default/shop' };
const grace = { ref: 'user:default/grace', team: 'group:default/platform' };

/** @returns the decision on one line: `allow`, `deny`, or the rule that decides and with what. */
async function decide(
  permission: Permission,
  somebody: { ref: string; team: string } | undefined,
): Promise<string> {
  const claims = somebody ? [somebody.ref, somebody.team] : [];
  const policy = MeshedServicePolicy.create({
    userInfo: mockServices.userInfo({ ownershipEntityRefs: claims }),
    platformGroup: 'group:default/platform',
  });
  const credentials = mockCredentials.user(somebody?.ref);
  const decision = await policy.handle(
    { permission },
    somebody && {
      credentials,
      info: { userEntityRef: somebody.ref, ownershipEntityRefs: claims },
    },
  );
  if (decision.result !== 'CONDITIONAL')
    return decision.result.toLocaleLowerCase('en-US');
  const { pluginId, resourceType, conditions } = decision;
  return `${pluginId} ${resourceType} ${JSON.stringify(conditions)}`;
}

const owns = (
  pluginId: string,
  resourceType: string,
  rule: string,
  params: object,
) =>
  `${pluginId} ${resourceType} ${JSON.stringify({
    rule,
    resourceType,
    params,
  })}`;
const claims = [guest.ref, guest.team];
const service = owns('meshed-service', 'meshed-service', 'IS_SERVICE_OWNER', {
  claims,
});
const entity = owns('catalog', 'catalog-entity', 'IS_ENTITY_OWNER', { claims });
const task = owns('scaffolder', 'scaffolder-task', 'IS_TASK_OWNER', {
  createdBy: [guest.ref],
});

/** The table of README.md, for somebody who signed in and belongs to a team. */
const table: Record<string, string> = {
  'meshed-service.read': 'allow',
  'meshed-service.create': service,
  'meshed-service.change': service,
  'meshed-service.retire': service,
  'catalog.entity.read': 'allow',
  'catalog.entity.create': 'allow',
  'catalog.entity.refresh': 'allow',
  'catalog.entity.validate': 'allow',
  'catalog.entity.delete': entity,
  'catalog.location.read': 'allow',
  'catalog.location.create': 'deny',
  'catalog.location.analyze': 'deny',
  'catalog.location.delete': 'deny',
  'catalog.ingestion.read': 'allow',
  'catalog.ingestion.manage': 'deny',
  'scaffolder.template.parameter.read': 'allow',
  'scaffolder.template.step.read': 'allow',
  'scaffolder.template.dry-run': 'deny',
  'scaffolder.template.management': 'deny',
  'scaffolder.action.execute': 'allow',
  'scaffolder.task.create': 'allow',
  'scaffolder.task.read': task,
  'scaffolder.task.cancel': task,
};

const known: Permission[] = [
  ...meshedServicePermissions,
  ...catalogPermissions,
  ...scaffolderPermissions,
];

describe('MeshedServicePolicy', () => {
  it('has an answer for every permission of the portal, and for no other', () => {
    expect(known.map(({ name }) => name).sort()).toEqual(
      Object.keys(table).sort(),
    );
  });

  it.each(known.map(permission => [permission.name, permission] as const))(
    'decides %s for a member of a team as the table says',
    async (name, permission) => {
      await expect(decide(permission, guest)).resolves.toBe(table[name]);
    },
  );

  it.each(known.map(permission => [permission.name, permission] as const))(
    'lets the platform group use %s',
    async (_, permission) => {
      await expect(decide(permission, grace)).resolves.toBe('allow');
    },
  );

  it.each(known.map(permission => [permission.name, permission] as const))(
    'refuses %s to nobody',
    async (_, permission) => {
      await expect(decide(permission, undefined)).resolves.toBe('deny');
    },
  );

  it('lets everybody read with a permission that it does not know, and keeps every other for the platform group', async () => {
    const unknown = (action?: 'create' | 'read' | 'update' | 'delete') =>
      createPermission({ name: 'other.thing', attributes: { action } });
    await expect(
      Promise.all([
        decide(unknown('read'), guest),
        decide(unknown('update'), guest),
        decide(unknown(), guest),
        decide(unknown('update'), grace),
      ]),
    ).resolves.toEqual(['allow', 'deny', 'deny', 'allow']);
  });
});
